//! `dataset.md`: every table and column of a dataset, as the program declares them.

use kaikaku::dataset::words::codes;
use kaikaku::dataset::{Column, Kind, SCALE, VERSION, catalogue};
use kaikaku::lang::Lang;
use kaikaku::tr;

use super::page::{compare, table};

#[test]
fn the_page_of_the_dataset_is_that_of_its_columns() {
    compare("dataset", page);
}

fn page(lang: Lang) -> String {
    let lead = tr!(
        lang,
        "# データセット\n\n\
         `kaikaku export` が書き出す表と列のすべてです。使い方は[データ基盤のためのデータセット](../guide/dataset.md)にあります。\n\n\
         他のプログラムとの約束です（版 {VERSION}）。表と列の名前と意味は変えません。列が増えることはあります。意味が変わるときは版の番号が\
         変わり、別のフォルダーに書き出します。数は小数点以下 {SCALE} 桁までの正確な10進数です。必須でない列は、ないときに `NULL` です。\n\n\
         どの表にも `city_code` と `plan_id` があり、表はこれで結びます。「鍵」は、1つの計画の中で行を区別する列です。フォルダーの \
         `city` と `plan` は、同じものを文字列で示します。\n\n",
        "# Dataset\n\n\
         Every table and column that `kaikaku export` writes. How to use them says \
         [A dataset for data engines](../guide/dataset.md).\n\n\
         A contract (version {VERSION}): tables and columns stay and keep their meaning; new columns may be added. Where a \
         meaning changes, so does the version, and another folder is written. Numbers are exact decimals with up to {SCALE} \
         digits behind the point. A column that is not required is `NULL` where there is nothing.\n\n\
         Every table has `city_code` and `plan_id`, by which tables are joined. The key is the columns that tell rows apart \
         within a plan. `city` and `plan` of the folders say the same as texts.\n\n"
    );
    let tables: String = catalogue()
        .iter()
        .map(|head| {
            let (about, key) = (lang.pick(head.about.0, head.about.1), head.key.join("`, `"));
            let key = match head.key {
                [] => String::new(),
                _ => tr!(lang, "鍵：`{key}`\n\n", "Key: `{key}`\n\n"),
            };
            format!("## {}\n\n{about}\n\n{key}{}", head.name, columns(&head.columns, lang))
        })
        .collect();
    let heading = lang.pick(
        "## codes\n\nプログラムの言葉の意味。`views.sql` と `spark.sql` が表にします。\n\n",
        "## codes\n\nWhat the words of the program mean. `views.sql` and `spark.sql` make a table of it.\n\n",
    );
    let words = codes().into_iter().map(|(column, position, code, (ja, en))| {
        [format!("`{column}`"), position.to_string(), format!("`{code}`"), lang.pick(ja, en).to_owned()]
    });
    let words = table(lang.pick(["列", "順", "言葉", "意味"], ["Column", "Position", "Code", "Meaning"]), words);
    format!("{lead}{tables}{heading}{}\n", words.trim_end())
}

fn columns(columns: &[Column], lang: Lang) -> String {
    let row = |column: &Column| {
        let code = if column.kind == Kind::Code { lang.pick("（codes）", " (codes)") } else { "" };
        let required = if column.is_required { lang.pick("必須", "required") } else { "" };
        let about = lang.pick(column.about.0, column.about.1);
        [format!("`{}`", column.name), format!("{}{code}", column.kind.sql()), required.to_owned(), about.to_owned()]
    };
    table(lang.pick(["列", "型", "", "意味"], ["Column", "Type", "", "Meaning"]), columns.iter().map(row))
}

//! What tells an engine the tables of a dataset: `views.sql` for DuckDB, `spark.sql` for Spark. Paths are relative, so that the
//! folder can be moved: both are run in it.

use super::tables::{Head, catalogue};
use super::words::codes;
use super::{Column, DatasetFormat, VERSION};

/// The folders by which partitions are told apart, above the file of a table.
pub const PARTITIONS: [&str; 2] = ["city", "plan"];

/// The views of DuckDB.
pub fn duckdb(format: DatasetFormat) -> String {
    let view = |head: &Head| {
        let (name, path) = (head.name, format!("'{}/*/*/data.{}'", head.name, format.name()));
        let hive = "hive_partitioning = true, hive_types = {'city': VARCHAR, 'plan': VARCHAR}";
        let from = match format {
            DatasetFormat::Parquet => format!("read_parquet({path}, {hive})"),
            DatasetFormat::Csv => format!("read_csv({path}, header = true, columns = {{{}}}, {hive})", types(head)),
            DatasetFormat::Jsonl => {
                format!("read_json({path}, format = 'newline_delimited', columns = {{{}}}, {hive})", types(head))
            }
        };
        format!("-- {}\nCREATE OR REPLACE VIEW {name} AS SELECT * FROM {from};\n", head.about.1)
    };
    let views: String = catalogue().iter().map(view).collect();
    format!(
        "-- The tables of this dataset (version {VERSION}) for DuckDB: duckdb -init views.sql, in this folder.\n\
         -- A condition on city and plan opens the folders of these alone.\n{views}{}",
        codes_view("CREATE OR REPLACE VIEW")
    )
}

fn types(head: &Head) -> String {
    let typed = |column: &Column| format!("'{}': '{}'", column.name, column.kind.sql());
    head.columns.iter().map(typed).collect::<Vec<_>>().join(", ")
}

/// The views of Spark.
pub fn spark(format: DatasetFormat) -> String {
    let using = match format {
        DatasetFormat::Parquet => ("parquet", ""),
        DatasetFormat::Csv => ("csv", ", header 'true', multiLine 'true', escape '\"'"),
        DatasetFormat::Jsonl => ("json", ""),
    };
    let view = |head: &Head| {
        let typed = |column: &Column| format!("{} {}", column.name, spark_type(column));
        let columns: Vec<String> =
            head.columns.iter().map(typed).chain(PARTITIONS.map(|name| format!("{name} STRING"))).collect();
        let (name, (format, options)) = (head.name, using);
        format!(
            "-- {}\nCREATE OR REPLACE TEMPORARY VIEW {name} ({}) USING {format} OPTIONS (path '{name}'{options});\n",
            head.about.1,
            columns.join(", ")
        )
    };
    let views: String = catalogue().iter().map(view).collect();
    format!(
        "-- The tables of this dataset (version {VERSION}) for Spark: spark-sql -i spark.sql, in this folder.\n\
         -- A condition on city and plan opens the folders of these alone.\n{views}{}",
        codes_view("CREATE OR REPLACE TEMPORARY VIEW")
    )
}

fn spark_type(column: &Column) -> &'static str {
    match column.kind.sql() {
        "VARCHAR" => "STRING",
        "INTEGER" => "INT",
        other => other,
    }
}

/// What each word means, which no file holds.
fn codes_view(create: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let row = |(column, position, code, (ja, en))| {
        format!("  ({}, {position}, {}, {}, {})", quoted(column), quoted(code), quoted(ja), quoted(en))
    };
    let rows: Vec<String> = codes().into_iter().map(row).collect();
    format!(
        "-- What the words of the columns mean\n{create} codes AS SELECT * FROM (VALUES\n{}\n) AS codes \
         (column_name, position, code, ja, en);\n",
        rows.join(",\n")
    )
}

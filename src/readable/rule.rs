//! The 30 rules, in words of ours.

use crate::lang::{Lang, Say};
use crate::say;

/// How far a file is with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A program can read the file at all.
    One,
    /// A program can compute with it.
    Two,
    /// It can be joined with other data.
    Three,
}

/// Which files a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldsFor {
    /// All.
    All,
    /// Workbooks.
    Xlsx,
    /// CSV.
    Csv,
}

macro_rules! rules {
    ($($name:ident $id:literal $level:ident $holds:ident $ja:literal $en:literal),* $(,)?) => {
        /// A rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is named by its title")]
        pub enum Rule { $($name),* }

        impl Rule {
            /// All of them, in their order.
            pub const ALL: [Self; 30] = [$(Self::$name),*];

            /// Its number: L1-02.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// Its level.
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level),* }
            }

            /// Which files it is about.
            pub fn holds_for(self) -> HoldsFor {
                match self { $(Self::$name => HoldsFor::$holds),* }
            }

            /// What it asks.
            pub fn say(self) -> Say {
                match self { $(Self::$name => say!($ja, $en)),* }
            }
        }
    };
}

rules! {
    FileFormat "L1-01" One All "プログラムが読める形式のファイルとする" "the file is of a format that programs read",
    OneTable "L1-02" One All "1つのシート・ファイルに1つの表とする" "one table in a sheet or file",
    NotTorn "L1-03" One All "表を空白の行・列や途中の見出しで分けない" "no blank rows or columns and no second head within a table",
    NothingElse "L1-04" One All "表の外に題名やメモを置かない" "nothing outside the table: no titles, no memos",
    Headings "L1-05" One All "すべての列に内容の分かる見出しを付ける" "every column has a heading that tells what it holds",
    NoLooks "L1-06" One All "体裁のための空白や改行を入れない" "no spaces and line breaks for looks",
    OneDatum "L1-07" One All "1つのセルに1つのデータとする" "one datum in a cell",
    Characters "L1-08" One All "機種依存文字を使わない" "no platform-dependent characters",
    AbsentOrZero "L1-09" One All "値がないことと0を区別する" "absent and zero are told apart",
    NoObjects "L1-10" One Xlsx "図形・画像に情報を入れない" "nothing in pictures, shapes and text boxes",
    NoLooksOfCells "L1-11" One Xlsx "色や太字で意味を表さない" "no meaning by colour, bold or size",
    NoMerges "L1-12" One Xlsx "セルを結合しない" "no merged cells",
    NothingHidden "L1-13" One Xlsx "行・列を隠したり、まとめたりしない" "no hidden or grouped rows and columns",
    OneLine "L1-14" One Csv "1件を1行とし、値の中で改行しない" "one record on one line: no line break within a value",
    Quoted "L1-15" One Csv "コンマを含む値を「\"」で囲む" "a value with a comma stands in double quotes",
    Numbers "L2-01" Two All "数値は数値だけとし、単位・記号・注は別の列に置く" "numbers are numbers alone: units, signs and notes have columns of their own",
    NothingOmitted "L2-02" Two All "上と同じでも省略しない" "nothing is left out because it is the same as above",
    UniqueHeadings "L2-03" Two All "見出しは重ならず、1行で完結させる" "headings are unique and complete in one row",
    OneSpelling "L2-04" Two All "選択肢は1つの書き方かコードとする" "choices have one spelling, or codes",
    OtherApart "L2-05" Two All "「その他」とその内容を別の列とする" "その他 and its details stand in columns of their own",
    NoFormulas "L2-06" Two Xlsx "数式ではなく値とする" "values, no formulas",
    HeadFirst "L3-01" Three All "1行目を見出し、2行目からをデータとする" "headings in the first row, data from the second",
    CodeTable "L3-02" Three All "コードにはコード表を付ける" "a code table comes with codes",
    SpecialMarks "L3-03" Three All "数値の列の特別な記号を定義する" "special marks in columns of numbers are defined",
    Units "L3-04" Three All "数値の単位を示す" "the unit of numbers is stated",
    Years "L3-05" Three All "西暦か、和暦に西暦を並べて書く" "Western years, or Japanese ones with Western beside them",
    Area "L3-06" Three All "標準地域コードか正式な地域の名称を書く" "the standard area code or the official name of the area",
    SameLayout "L3-07" Three All "年ごとに構成を変えない（変えたら示す）" "the same layout from year to year; a change is told",
    Metadata "L3-08" Three All "定義・出典などの説明、英数字の項目名、文字コードを示す" "definitions and sources, ASCII names of fields, and the encoding are stated",
    Long "L3-09" Three All "縦持ち（1行に1つの値）とする" "long layout: one observation a row",
}

impl Rule {
    /// What it asks.
    pub fn title(self, lang: Lang) -> String {
        self.say().text(lang).to_owned()
    }
}

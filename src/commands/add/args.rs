//! The arguments of `kaikaku add`.

use clap::Args;

/// An entry.
#[derive(Debug, Clone, Args)]
pub struct EntryArgs {
    /// 番号（省略時は次の空き番号） || Its number (default: the next free one)
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// 名称 || Name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// 上の項目（番号か名前） || The entry above it (number or name)
    #[arg(long, value_name = "ID")]
    pub under: Option<String>,
    /// 所管課（繰り返し可。最初が主管） || Owner (repeatable; the first leads)
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<String>,
    /// 概要 || What it is about
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
    /// 別名（繰り返し可） || Another name (repeatable)
    #[arg(long, value_name = "TEXT")]
    pub alias: Vec<String>,
    /// いつから計画にあるか（計画の始めからなら不要） || In the plan from when on (not needed from its beginning)
    #[arg(long, value_name = "PERIOD")]
    pub added: Option<String>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// An indicator.
#[derive(Debug, Clone, Args)]
pub struct IndicatorArgs {
    /// id（省略時は kpi-1 などの空き） || Its id (default: a free one, such as kpi-1)
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// 名称 || Name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// 単位 || Unit
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// 向き（増やす、減らす、下限、上限、維持、範囲、段階、見出し） || Which way is good (up, down, at-least, at-most, maintain, range, milestone, heading)
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// 基準値（年度=値） || Baseline (YEAR=VALUE)
    #[arg(long, value_name = "YEAR=VALUE")]
    pub baseline: Option<String>,
    /// 目標値（年度=値、繰り返し可） || Target (YEAR=VALUE, repeatable)
    #[arg(long, value_name = "YEAR=VALUE")]
    pub target: Vec<String>,
    /// 対象の項目（番号か名前、繰り返し可） || Entry that it verifies (number or name, repeatable)
    #[arg(long, value_name = "ID")]
    pub entry: Vec<String>,
    /// 所管課（繰り返し可） || Owner (repeatable)
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<String>,
    /// 値の種類（時点の値、単年度の値、累計） || What one value covers (snapshot, yearly, cumulative)
    #[arg(long, value_name = "SERIES")]
    pub series: Option<String>,
    /// 維持の許容幅 || How far it may lie from a target to be kept
    #[arg(long, value_name = "NUMBER")]
    pub tolerance: Option<String>,
    /// 段階の名前（順に、繰り返し可） || Name of a step (in order, repeatable)
    #[arg(long, value_name = "TEXT")]
    pub step: Vec<String>,
    /// 上の見出しの指標 || The heading above it
    #[arg(long, value_name = "ID")]
    pub under: Option<String>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// An owner.
#[derive(Debug, Clone, Args)]
pub struct OwnerArgs {
    /// id（省略時は dept-1 などの空き） || Its id (default: a free one, such as dept-1)
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// 名称 || Name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// 局・部 || The bureau above it
    #[arg(long, value_name = "TEXT")]
    pub bureau: Option<String>,
    /// 連絡先（内線など） || How to reach it, such as an extension
    #[arg(long, value_name = "TEXT")]
    pub contact: Option<String>,
    /// 旧称など（繰り返し可） || Another name (repeatable)
    #[arg(long, value_name = "TEXT")]
    pub alias: Vec<String>,
    /// 担当する項目（番号か名前、繰り返し可） || An entry in its charge (number or name, repeatable)
    #[arg(long, value_name = "ID")]
    pub entry: Vec<String>,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// An initiative.
#[derive(Debug, Clone, Args)]
pub struct InitiativeArgs {
    /// 項目（番号か名前） || The entry (number or name)
    #[arg(value_name = "ID")]
    pub entry: Option<String>,
    /// 名称 || Name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// いつから || From when
    #[arg(long, value_name = "PERIOD")]
    pub start: Option<String>,
    /// いつまで || To when
    #[arg(long, value_name = "PERIOD")]
    pub end: Option<String>,
    /// 工程（年度=段階、繰り返し可） || Step of a year (YEAR=STEP, repeatable)
    #[arg(long, value_name = "YEAR=STEP")]
    pub step: Vec<String>,
    /// 別名（繰り返し可） || Another name (repeatable)
    #[arg(long, value_name = "TEXT")]
    pub alias: Vec<String>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// A milestone.
#[derive(Debug, Clone, Args)]
pub struct MilestoneArgs {
    /// 項目（番号か名前） || The entry (number or name)
    #[arg(value_name = "ID")]
    pub entry: Option<String>,
    /// 名前 || Its name
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// 予定の時期 || When it is planned
    #[arg(long, value_name = "PERIOD")]
    pub date: Option<String>,
    /// どの取組内容の節目か（省略時は項目のもの） || Of which initiative (default: of the entry itself)
    #[arg(long, value_name = "NAME")]
    pub initiative: Option<String>,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// What most of them may have.
#[derive(Debug, Clone, Args)]
pub struct CommonArgs {
    /// 出典（sources.toml の id） || The document, by its id in sources.toml
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// 確かさ（記載、推定、要確認） || How sure it is (stated, inferred, unconfirmed)
    #[arg(long, value_name = "CERTAINTY")]
    pub certainty: Option<String>,
    /// 注（繰り返し可） || A note (repeatable)
    #[arg(long, value_name = "TEXT")]
    pub note: Vec<String>,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

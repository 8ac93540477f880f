//! # kaikaku (改革)
//!
//! Tracks a city's reform plan: where every 取組項目 stands, how far every 検証指標 is from its target.
//!
//! ## The way a figure travels
//!
//! ```text
//!  plan/*.toml ──▶ source ──▶ plan ──▶ query ──▶ report ──▶ render ──▶ bytes
//!                  Snapshot   Plan     Status    Document   text, md
//!                  + Finding           Gap       Table      html, docx, xlsx, csv
//!                                      Event     JSON
//! ```
//!
//! One direction, five hops, each a module whose name says so:
//!
//! 1. [`source`]: files become a [`Snapshot`](source::Snapshot), and a snapshot a [`Plan`](plan::Plan), through
//!    [`source::load`] alone. Every [`Finding`](finding::Finding) is collected on the way; with an error there is no plan.
//!    [`source::check`] adds what the plan's own figures contradict.
//! 2. [`plan`]: the checked model. It knows no files and no clock.
//! 3. [`query`]: answers as plain values. No words, no rounding.
//!    Beside it [`diff`]: plan × plan → changes.
//! 4. [`report`]: answers laid out, in the reader's language: a [`Document`](document::Document) for people, one
//!    [`Table`](document::Table) for spreadsheets, JSON for programs.
//! 5. [`render`]: the document as bytes. A renderer knows nothing of the plan.
//!
//! [`renumber`] gives ids to entries anew: texts in, texts out.
//! Beside them [`inquiry`] turns a plan into forms and replies into records; [`workbook`] opens what others made without trust.
//! Around them: `main` alone reads the environment and the clock. [`commands`] has one page a command (load, ask, lay
//! out, write); [`cli`] is the command line and its help; [`usage`] explains a wrong one. [`store`] alone writes files,
//! [`git`] alone starts git, [`console`] alone prints. [`verify`] reads back a paper that was handed out. [`lang`] keeps both languages side by side; a [`failure`] says what is wrong and what to do.
//!
//! ## Glossary
//!
//! The words of the field, once. Keys are those of the plan's files; `plan/README.md` tells them in full.
//!
//! | 日本語 | type | key |
//! |---|---|---|
//! | 計画 | [`Plan`](plan::Plan), [`Head`](plan::Head) | `plan.toml` |
//! | 計画期間 | [`Head::from`](plan::Head::from), [`Head::to`](plan::Head::to) | `period` |
//! | 上位計画、前の計画、関連する計画 | [`Head::parent`](plan::Head::parent), [`Head::predecessor`](plan::Head::predecessor), [`Head::related`](plan::Head::related) | `parent`, `predecessor`, `related` |
//! | ミッション、ビジョン、バリュー | [`Head::mission`](plan::Head::mission), [`Head::vision`](plan::Head::vision), [`Head::values`](plan::Head::values) | `mission`, `vision`, `values` |
//! | 計画の経過 | [`Milestone`](plan::entry::Milestone) | `schedule` |
//! | 改革の段階（第1ステージ…） | [`Stage`](plan::Stage) | `stage` |
//! | 公表された集計 | [`Published`](plan::Published) | `published` |
//! | 端数処理 | [`Rounding`](plan::Rounding) | `rounding` |
//! | 年度 | [`FiscalYear`](plan::period::FiscalYear) | `R7` |
//! | 上半期、下半期 | [`Half`](plan::period::Half) | `R7H1` |
//! | 四半期 | [`Quarter`](plan::period::Quarter) | `R7Q2` |
//! | 期間（年度・半期・四半期・月・日） | [`Period`](plan::period::Period), [`Month`](plan::period::Month) | `period`, `date`, `start`, `end` |
//! | 元号 | [`Era`](plan::era::Era) | |
//! | 報告の周期 | [`Cycle`](plan::period::Cycle) | `cycle` |
//! | 番号 | [`Id`](plan::id::Id) | `id` |
//! | 階層（基本方針、施策、取組項目：名前はデータ） | [`Head::levels`](plan::Head::levels) | `levels` |
//! | 版（git の） | [`Revision`](plan::source::Revision) | |
//! | 数える階層 | [`Head::counted`](plan::Head::counted) | `count` |
//! | 項目 | [`Entry`](plan::entry::Entry) | `[1-1-2]` |
//! | 追加、廃止、旧番号 | [`Entry::added`](plan::entry::Entry::added), [`Entry::dropped`](plan::entry::Entry::dropped), [`Entry::formerly`](plan::entry::Entry::formerly), [`Indicator::formerly`](plan::indicator::Indicator::formerly) | `added`, `dropped`, `formerly` |
//! | 取組内容 | [`Initiative`](plan::entry::Initiative) | `initiative` |
//! | 節目 | [`Milestone`](plan::entry::Milestone) | `milestone` |
//! | 工程の段階（検討、準備、実施、完了） | [`Plan::steps`](plan::Plan::steps) | `roadmap`, `steps` |
//! | 工程（年度ごとの予定） | [`PlannedStep`](plan::road::PlannedStep) | `steps` |
//! | 到達した段階と節目 | [`Reached`](plan::road::Reached), of an entry or an initiative: [`Lane`](plan::road::Lane) | `step`, `reached` |
//! | 参考となる数値 | [`Figure`](plan::entry::Figure) | `figure` |
//! | 所管課 | [`Owner`](plan::owner::Owner) | `owner` |
//! | 進捗の記録 | [`Update`](plan::entry::Update) | `update` |
//! | 進捗率 | [`Update::progress`](plan::entry::Update::progress) | `progress` |
//! | 実績、課題、今後の対応（言葉で） | [`Update::done`](plan::entry::Update::done), [`Update::issue`](plan::entry::Update::issue), [`Update::next`](plan::entry::Update::next) | `done`, `issue`, `next` |
//! | 対象期間と記録日 | [`Update::period`](plan::entry::Update::period), [`Update::recorded`](plan::entry::Update::recorded) | `period`, `recorded` |
//! | 記録の名前、訂正、取下げ | [`RecordName`](plan::record::RecordName), [`Trace`](plan::record::Trace) and [`Links`](plan::record::Links), for updates and measures alike: [`Recorded`](plan::record::Recorded) | `corrects`, `withdrawn` |
//! | 尺度（進捗状況、着手状況） | [`Scale`](plan::scale::Scale), [`ScaleVersion`](plan::scale::ScaleVersion) | `scale` |
//! | 進捗区分 | [`Grade`](plan::scale::Grade), as given: [`Rating`](plan::scale::Rating) | `grades`, `rating` |
//! | 評価対象外 | [`Grade::counts`](plan::scale::Grade::counts) | `counts` |
//! | 要対応 | [`Grade::attention`](plan::scale::Grade::attention) | `attention` |
//! | 区分の合計（A+B） | [`Composite`](plan::scale::Composite) | `composites` |
//! | 評価者（所管評価、委員会評価） | [`Evaluator`](plan::scale::Evaluator) | `evaluator` |
//! | 検証指標 | [`Indicator`](plan::indicator::Indicator) | `indicators.toml` |
//! | 向き（増やす、減らす、下限、上限、維持、範囲、段階、見出し） | [`Kind`](plan::indicator::Kind) | `kind` |
//! | 許容幅 | [`Kind::Maintain`](plan::indicator::Kind::Maintain) | `tolerance` |
//! | 段階 | [`Kind::Milestone`](plan::indicator::Kind::Milestone) | `steps` |
//! | 値の種類（時点、単年度、累計） | [`Series`](plan::indicator::Series) | `series` |
//! | 単位 | [`Unit`](plan::indicator::Unit) | `unit` |
//! | 判定区分（その組） | [`BandSet`](plan::judging::BandSet), one of them: [`Band`](plan::judging::Band), [`Rule`](plan::judging::Rule), [`TargetRule`](plan::judging::TargetRule), [`Against`](plan::judging::Against) | `bands`, `judge` |
//! | 判定に使う率 | [`Measured`](plan::judging::Measured) | `by` |
//! | 見込みの置き方（直線、階段、年度ごとの目標、年次按分） | [`Pace`](plan::judging::Pace) | `pace` |
//! | 共通の判定の言葉 | [`Meaning`](plan::judging::Meaning) | `verdict` |
//! | 基準値、目標値 | [`Reading`](plan::indicator::Reading), as the file words it: [`Wording`](plan::indicator::Wording) | `baseline`, `target` |
//! | 目標値の見直し | [`Revision`](plan::indicator::Revision) | `revised`, `until`, `reason` |
//! | 変更の理由 | [`Amendment`](plan::amendment::Amendment), [`Amendment::keys`](plan::amendment::Amendment::keys), [`Amendment::of`](plan::amendment::Amendment::of) | `change`, `keys`, `of` |
//! | 実績値 | [`Measure`](plan::indicator::Measure) | `measure` |
//! | 速報値 | [`Measure::provisional`](plan::indicator::Measure::provisional) | `provisional` |
//! | 断層 | [`Measure::breaks`](plan::indicator::Measure::breaks) | `break` |
//! | 手動の判定とその理由 | [`ByHand`](plan::indicator::ByHand) | `verdict`, `reason` |
//! | 効果額（単年度、継続）、その見込 | [`Effect`](plan::indicator::Effect), [`Indicator::forecasts`](plan::indicator::Indicator::forecasts) | `effect`, `forecast` |
//! | 公表された率 | [`PublishedRates`](plan::indicator::PublishedRates), [`Figure::share`](plan::entry::Figure::share) | `published`, `share` |
//! | 回答数、標本誤差 | [`Measure::sample`](plan::indicator::Measure::sample), [`Measure::margin`](plan::indicator::Measure::margin), kept in [`Rare`](plan::indicator::Rare) | `sample`, `margin` |
//! | 値 | [`Value`](plan::value::Value), as written: [`Written`](plan::value::Written) | `value` |
//! | 以上、以下 | [`Bound`](plan::value::Bound), both ends of a range: [`Bounds`](plan::value::Bounds) | `"15％以上"` |
//! | 未調査、未公表、対象外、－ | [`Absence`](plan::value::Absence) | `absent` |
//! | 資料、出典 | [`Source`](plan::source::Source), [`Origin`](plan::source::Origin) | `source` |
//! | 記載、推定、要確認 | [`Certainty`](plan::value::Certainty) | `certainty` |
//! | 要確認の候補 | [`Absence::Unsettled`](plan::value::Absence::Unsettled) | `candidates` |
//! | 確定した期間（公表した数字の控え） | [`Closing`](plan::closing::Closing), one figure: [`Line`](plan::closing::Line), which: [`FigureKey`](plan::closing::FigureKey), of what: [`About`](plan::closing::About) | `closed` |
//! | 訂正 | [`Correction`](plan::closing::Correction), one figure: [`Change`](plan::closing::Change) | `errata`, `changes` |
//! | 指紋 | [`Closing::fingerprint`](plan::closing::Closing::fingerprint) | `fingerprint` |
//! | 照会の控え | [`Inquiry`](plan::inquiry::Inquiry), [`Sent`](plan::inquiry::Sent) | `inquiries/`, `sent`, `deadline`, `fingerprint` |
//! | 市の様式 | [`Template`](plan::inquiry::Template), what is asked: [`Field`](plan::inquiry::Field) | `template`, `answers`, `last` |
//! | 回答の控え | [`Received`](plan::inquiry::Received) | `reply`, `received`, `person` |
//! | 注 | [`Entry::notes`](plan::entry::Entry::notes) | `note` |
//! | 報告書の様式 | [`Paper`](plan::paper::Paper) | `reports/*.toml` |
//! | その部分、載せる内容、表の列 | [`PaperSection`](plan::paper::PaperSection), [`Topic`](plan::paper::Topic), [`PaperColumn`](plan::paper::PaperColumn) | `section`, `show`, `columns` |
//! | 負の数の印 | [`Minus`](plan::paper::Minus) | `minus` |
//! | 答弁 | [`Answer`](plan::paper::Answer) | `answer` |
//!
//! What is worked out and stands in no file:
//!
//! | 日本語 | type | in JSON |
//! |---|---|---|
//! | ～現在 | [`AsOf`](query::AsOf) | `as_of` |
//! | 評価済 | [`Tally::rated`](query::status::Tally::rated) | `rated` |
//! | 未報告 | [`Standing::Unreported`](query::status::Standing::Unreported) | `unreported` |
//! | 前回比 | [`Status::before`](query::status::Status::before) | `before` |
//! | ～からの動き | [`Flow`](query::status::Flow) | `flows` |
//! | 目標との差 | [`Gap::gap`](query::gap::Gap::gap) | `gap` |
//! | 余裕 | [`Gap::room`](query::gap::Gap::room) | `room` |
//! | 対目標比 | [`Gap::ratio_to_target`](query::gap::Gap::ratio_to_target) | `ratio_to_target` |
//! | 改善率 | [`Gap::improvement`](query::gap::Gap::improvement) | `improvement` |
//! | ペース比 | [`Gap::pace`](query::gap::Gap::pace), as every rate: [`Rate`](query::gap::Rate) | |
//! | 前年との比較（改善、横ばい、悪化） | [`Change`](query::gap::Change) | |
//! | 残り、必要な年当たりの増減、傾向による見込み | [`Outlook`](query::gap::outlook::Outlook), [`Forecast`](query::gap::outlook::Forecast) | |
//! | 当てはまった判定区分 | [`Gap::band`](query::gap::Gap::band) | |
//! | 見込まれる値 | [`Gap::expected`](query::gap::Gap::expected) | `expected` |
//! | 判定（達成、順調、遅れ、後退、判定不能） | [`Verdict`](query::gap::Verdict) | `verdict` |
//! | 工程表 | [`Road`](query::road::Road) | `roads` |
//! | ずれ（月） | [`Slip`](query::road::Slip) | `slip_months` |
//! | 督促の対象 | [`Due`](query::due::Due), by owner: [`Share`](query::due::Share) | `due` |
//! | 確認待ち | [`Waiting`](query::due::Waiting) | `kind` |
//! | 問う範囲 | [`Scope`](query::Scope) | |
//! | 経過、記録 | [`Event`](query::history::Event), [`Record`](query::history::Record) | `records` |
//! | 公表との違い（正誤表） | [`Difference`](query::published::Difference) | `differences` |
//! | 番号の変更 | [`Ids`](renumber::Ids), in one file: [`FileChange`](renumber::FileChange) | |
//! | 変更（新旧対照表の1行） | [`Diff`](diff::Diff), [`Change`](diff::change::Change), [`FileChange`](diff::files::FileChange) | `changes` |
//! | 下方修正と判定への影響 | [`Kind::Lowered`](diff::change::Kind::Lowered), [`Consequence`](diff::change::Consequence) | `verdict` |
//! | 後からの下方修正 | [`Late`](diff::history::Late) | `late` |
//! | 四半期報告 | [`Summary`](query::summary::Summary) | `register` |
//! | 良くなったもの、悪くなったもの | [`Course`](query::summary::Course) | `better`, `worse` |
//! | 想定質問 | [`Query`](query::questions::Query), [`Doubt`](query::questions::Doubt) | `questions`, `doubts` |
//! | 記録との照合 | [`Verified`](verify::Verified) | `mismatches` |
//! | 照会の様式、問い | [`Form`](inquiry::Form), [`Question`](inquiry::Question), its [`Key`](inquiry::Key) | `question` |
//! | 回答、その区分 | [`Reply`](inquiry::reply::Reply), [`Class`](inquiry::review::Class) | `class` |
//! | 指摘 | [`Finding`](finding::Finding), [`Code`](finding::Code), [`Severity`](finding::Severity) | `findings` |

pub use kaikaku_document as document;
pub use kaikaku_render as render;
pub use kaikaku_text as text;
pub use kaikaku_text::{lang, say, tr};

pub mod cli;
pub mod commands;
pub mod console;
pub mod diff;
pub mod failure;
pub mod finding;
pub mod git;
pub mod inquiry;
pub mod merge;
pub mod plan;
pub mod query;
pub mod renumber;
pub mod report;
pub mod source;
pub mod store;
pub mod textconv;
pub mod threads;
pub mod usage;
pub mod verify;
pub mod workbook;

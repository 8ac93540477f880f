//! `kaikaku settings`: a person's own defaults. They stand in for words that would be typed, and change no figure.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde::{Deserialize, Serialize};

use super::{Context, Exit};
use crate::failure::Failure;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::text::terms;
use crate::{console, say, store, tr};

/// The most days that are given to answer.
const MOST_DAYS: u16 = 365;

/// A person's own defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How many days an owner has to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<u16>,
    /// The folder for papers and forms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
}

/// Shows and changes them.
#[derive(Debug, Args)]
pub struct SettingsArgs {
    /// 記録者（update、measure、close の --by を省いたとき） || Who records (where --by is left out)
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// 照会の回答期限までの日数（inquiry send の --deadline を省いたとき） || Days to answer an inquiry (where --deadline is left out)
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_DAYS)))]
    deadline: Option<u16>,
    /// 報告書と調査票を置くフォルダー（メニューの既定） || Folder for papers and forms (what the menu offers)
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// これらを消す：by、deadline、folder || Forget these: by, deadline, folder
    #[arg(long, value_name = "KEY", value_parser = ["by", "deadline", "folder"])]
    forget: Vec<String>,
}

/// Runs it.
///
/// # Errors
/// When the file cannot be read or written.
pub fn run(context: &Context, args: &SettingsArgs) -> Result<Exit> {
    let lang = context.lang();
    let path = context.world.settings.as_deref().ok_or_else(homeless)?;
    let mut settings = read(path)?;
    let before = settings.clone();
    for key in &args.forget {
        match key.as_str() {
            "by" => settings.by = None,
            "deadline" => settings.deadline = None,
            _ => settings.folder = None,
        }
    }
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Into::into);
    settings.by = given(&args.by).or(settings.by);
    settings.deadline = args.deadline.or(settings.deadline);
    settings.folder = args.folder.as_ref().map(|folder| context.world.cwd.join(folder)).or(settings.folder);
    let shown = visible(&path.slashed()).into_owned();
    if settings != before {
        store::export(&[(path.to_owned(), toml::to_string(&settings)?.into_bytes())], true)?.certain()?;
        console::say(&tr!(lang, "{shown} に書きました", "{shown} written"));
    }
    let unset = || lang.pick("（なし）", "(none)").to_owned();
    let days = |days: u16| tr!(lang, "送る日から{days}日後", "{days} days after it is sent");
    let rows = [
        (terms::RECORDED_BY.title(lang), "by", settings.by.clone()),
        (terms::DEADLINE.title(lang), "deadline", settings.deadline.map(days)),
        (lang.pick("出力先", "Output folder"), "folder", settings.folder.as_deref().map(Slashed::slashed)),
    ];
    let rows = rows.map(|(name, key, value)| format!("{name} ({key}): {}\n", value.unwrap_or_else(unset)));
    console::write_words(&format!("{}{}: {shown}\n", rows.concat(), lang.pick("設定のファイル", "File")))?;
    Ok(Exit::Done)
}

impl Context {
    /// The person's own defaults; none where their file cannot be understood, which is said.
    pub(super) fn settings(&self) -> Settings {
        let read = self.world.settings.as_deref().map_or_else(|| Ok(Settings::default()), read);
        read.unwrap_or_else(|why| {
            let why = visible(why.message.text(self.lang())).into_owned();
            console::say(&tr!(
                self.lang(),
                "注意: 自分の設定を使いません：{why}",
                "note: your own settings are not used: {why}"
            ));
            Settings::default()
        })
    }
}

/// Reads them; those of nobody where there is no file.
fn read(path: &Path) -> Result<Settings, Failure> {
    let bytes = store::read(path)?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|error| error.to_string());
    let settings = text.and_then(|text| toml::from_str(&text).map_err(|error| error.message().to_owned()));
    settings.map_err(|why| {
        let shown = path.slashed();
        Failure::new(
            say!("{shown} を読み取れません（{why}）", "cannot understand {shown} ({why})"),
            say!(
                "使えるのは by（記録者）、deadline（日数）、folder（フォルダー）です。直すか、そのファイルを消してください",
                "it may hold by (who), deadline (days) and folder; fix it, or delete the file"
            ),
        )
    })
}

fn homeless() -> Failure {
    Failure::new(
        say!("設定のファイルを置くフォルダーが分かりません", "there is no folder to keep your settings in"),
        say!("KAIKAKU_SETTINGS にファイルのパスを指定してください", "give the path of a file in KAIKAKU_SETTINGS"),
    )
}

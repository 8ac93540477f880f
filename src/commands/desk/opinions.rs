//! Opinions and answers at the desk.

use anyhow::Result;

use super::Desk;
use crate::commands::Exit;
use crate::commands::opinion;
use crate::{say, source};

impl Desk<'_> {
    /// What was said of the plan, and what came of it.
    pub fn opinion(&self) -> Result<Exit> {
        let labels = [
            say!("意見を記録する", "Record an opinion"),
            say!("意見への対応を記録する", "Record what was answered to an opinion"),
            say!("意見と対応の一覧を見る", "See the opinions and what came of them"),
            say!("議事録などの表から取り込む", "Bring them in from a table of minutes"),
        ];
        let labels = labels.each_ref().map(|label| label.text(self.context.lang()));
        match self.form.decide(say!("意見をどうしますか", "What about opinions?"), &labels)? {
            0 => self.run(&["opinion", "add"]),
            1 => self.run(&["opinion", "answer"]),
            2 => self.run(&["opinion", "list"]),
            _ => self.minutes(),
        }
    }

    /// Shows what a table of minutes says, and records it once the person agrees.
    fn minutes(&self) -> Result<Exit> {
        let context = self.about();
        let opened = context.open_with(&|path| !source::is_record(path) && !source::is_closed(path))?;
        let file = self.existing(say!("議事録などの表（Excel、Word、CSV）", "The table (Excel, Word, CSV)"))?;
        let today = context.world.today;
        let question =
            say!("会議の日（意見募集なら最後の日）", "The day of the meeting (of a consultation the last one)");
        let is_day = move |text: &str| opinion::day(text, today).map(|_| ());
        let meeting = self.form.checked(question, Some(&today.to_string()), is_day)?;
        let mut words = vec!["opinion", "import", &file, "--meeting", meeting.trim()];
        let name;
        if opinion::meeting(&opened.plan, meeting.trim(), today).is_err() {
            let question = say!("会議や意見募集の名称", "What the meeting or consultation is called");
            name = self.text(question, "")?;
            words.extend(["--name", &name]);
        }
        let exit = self.run(&words)?;
        if !self.form.agree(say!("読み取った意見を記録しますか", "Record these opinions?"))? {
            return Ok(exit);
        }
        words.push("--apply");
        self.run(&words)
    }

    /// What was answered to the council, or is to be.
    pub fn answer(&self) -> Result<Exit> {
        let labels = [
            say!("答弁案（想定問答に載せる）", "A draft, which the questions to expect show"),
            say!("答弁（議会などで答えた）", "An answer that was given"),
        ];
        let labels = labels.each_ref().map(|label| label.text(self.context.lang()));
        match self.form.decide(say!("どちらですか", "Which of the two?"), &labels)? {
            0 => self.run(&["answer", "--draft"]),
            _ => self.run(&["answer"]),
        }
    }
}

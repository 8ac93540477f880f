//! The columns of a list with levels, found again in its sheet.

use super::headings::{Headings, known_words, saved_words};
use super::rows::lacks;
use super::ticks::{self, Ticks};
use crate::failure::Failure;
use crate::plan::Plan;
use crate::plan::inquiry::{Aspect, Field, ListColumns, Role};
use crate::plan::period::Period;
use crate::workbook::{Book, Sheet};

/// Where a list has what.
#[derive(Debug, Clone)]
pub struct Levelled<'l> {
    /// The sheet.
    pub sheet: &'l Sheet,
    /// Its headings.
    pub headings: Headings,
    /// The role of each column that is read.
    pub roles: Vec<(Role, u32)>,
}

impl<'l> Levelled<'l> {
    /// Finds the columns in a book.
    ///
    /// # Errors
    /// When the sheet or a column is not there.
    pub fn find(plan: &Plan, book: &'l Book, columns: &ListColumns) -> Result<Self, Failure> {
        let sheet = match &columns.sheet {
            Some(name) => book.sheet(name),
            None => book.first_sheet(),
        };
        let sheet = sheet.ok_or_else(|| lacks(columns.sheet.as_deref().unwrap_or("1")))?;
        let mut names = known_words(plan);
        names.extend(saved_words(columns));
        let first = || columns.columns.first().map(|(_, title)| &**title).unwrap_or_default();
        let headings = Headings::find(sheet, &names).ok_or_else(|| lacks(first()))?;
        let at = |title: &str| headings.column(title).ok_or_else(|| lacks(title));
        let roles = columns.columns.iter().map(|(role, title)| Ok((role.clone(), at(title)?)));
        let roles = roles.collect::<Result<Vec<_>, Failure>>()?;
        Ok(Self { sheet, headings, roles })
    }

    /// The column of a role.
    pub fn of(&self, wanted: &Role) -> Option<u32> {
        self.roles.iter().find(|(role, _)| role == wanted).map(|(_, column)| *column)
    }

    /// The column that names what a row is about: that of the lowest level, or of indicators.
    pub fn named(&self) -> u32 {
        self.levels().last().copied().or_else(|| self.of(&Role::Indicator)).unwrap_or_default()
    }

    /// The columns of the levels, from the top.
    pub fn levels(&self) -> Vec<u32> {
        (0..).map_while(|level| self.of(&Role::Level(level))).collect()
    }

    /// The names of the levels, as the lowest words above them say. One column of names with whole numbers (1-2) has
    /// those of the plan above its own; `deepest` is how many parts its numbers have.
    pub fn level_names(&self, plan: &Plan, deepest: usize) -> Vec<String> {
        let name = |column: u32| self.headings.above.get(&column).and_then(|words| words.last().cloned());
        let own: Vec<String> = self.levels().into_iter().filter_map(name).collect();
        let above = deepest.saturating_sub(own.len());
        if own.len() != 1 || above == 0 {
            return own;
        }
        let known = plan.head.levels.iter().map(|level| level.to_string());
        if plan.head.levels.len() == deepest { known.collect() } else { known.take(above).chain(own).collect() }
    }

    /// The columns of values; those without a period are of the period of their row.
    pub fn values(&self) -> impl Iterator<Item = (Option<Aspect>, Option<Period>, u32)> {
        self.roles.iter().filter_map(|(role, column)| match role {
            Role::Value(aspect, period) => Some((*aspect, *period, *column)),
            _ => None,
        })
    }

    /// The columns of what is recorded of entries.
    pub fn answers(&self) -> impl Iterator<Item = (&Field, Option<Period>, u32)> {
        self.roles.iter().filter_map(|(role, column)| match role {
            Role::Answer(field, period) => Some((field, *period, *column)),
            _ => None,
        })
    }

    /// The columns of each scale and period of which one is ticked, with the grade above it.
    pub fn ticks(&self, plan: &Plan) -> Vec<Ticks> {
        let mut all: Vec<Ticks> = Vec::new();
        for (role, column) in &self.roles {
            let Role::Tick(scale, period) = role else { continue };
            let field = Field::Rating(scale.clone());
            let scale_of = plan.scales.iter().find(|known| known.id == *scale);
            let grade = scale_of.and_then(|scale| ticks::grade(scale, &self.headings, *column));
            let word = grade.map_or_else(|| self.headings.title(*column), str::to_owned);
            match all.iter_mut().find(|known| known.field == field && known.period == *period) {
                Some(known) => known.columns.push((*column, word)),
                None => all.push(Ticks { field, period: *period, columns: vec![(*column, word)] }),
            }
        }
        all
    }

    /// All columns that are read.
    pub fn all(&self) -> Vec<u32> {
        self.roles.iter().map(|(_, column)| *column).collect()
    }
}

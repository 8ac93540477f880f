//! The indicators of plans that verify this one, with how their figures came about: on the pages of their own plan where those
//! are published beside it, else among the calculations.

use crate::document::{Block, Link, Section, Table};
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::verifying::Verifying;
use crate::report::kpi::verifying::{self, Detail};
use crate::tr;
use crate::wording as words;

use super::Sheet;
use super::address::Home;
use super::linked::{FIGURES, is_of_figures};
use super::shared::worked_out;

/// One section a plan, each figure leading to how it came about.
pub fn sections(sheet: &Sheet<'_>) -> Vec<Section> {
    let all = &sheet.published.verified_by;
    let mut sections = verifying::sections(all, &Detail::Public, sheet.lang);
    for (section, one) in sections.iter_mut().zip(all) {
        let Verifying::Known { plan, .. } = one else { continue };
        for block in &mut section.blocks {
            if let Block::Table(table) = block {
                linked(sheet, plan, table);
            }
        }
    }
    sections
}

fn linked(sheet: &Sheet<'_>, plan: &Plan, table: &mut Table) {
    let Table { columns, rows, .. } = table;
    for row in rows {
        let id = row.subject.as_deref().and_then(|subject| subject.split(':').next());
        let Some(indicator) = id.and_then(|id| plan.indicators.iter().find(|of| of.id.as_str() == id)) else {
            continue;
        };
        for (cell, _) in row.cells.iter_mut().zip(&*columns).filter(|(cell, column)| is_of_figures(cell, column)) {
            *cell = std::mem::take(cell).linked(behind(sheet, plan, indicator));
        }
    }
}

/// Whether the pages of a plan stand on the same site.
fn is_beside(sheet: &Sheet<'_>, plan: &Plan) -> bool {
    sheet.site.plans.iter().any(|published| published.plan().folder == plan.folder)
}

/// The name of the part that tells how an indicator of another plan came about.
fn anchor(plan: &Plan, indicator: &Indicator) -> String {
    format!("verifying-{}-{}", plan.head.id, indicator.id)
}

fn behind(sheet: &Sheet<'_>, plan: &Plan, indicator: &Indicator) -> Link {
    let (path, name) = match is_beside(sheet, plan) {
        true => (Home { plan: &plan.folder, ..sheet.pages.home }.indicator(&indicator.id), FIGURES.to_owned()),
        false => (sheet.pages.home.path("calculations.html"), anchor(plan, indicator)),
    };
    sheet.pages.to_part(&path, &name)
}

/// How the figures came about of those plans that have no pages beside this one.
pub fn calculations(sheet: &Sheet<'_>) -> Vec<Section> {
    let known = sheet.published.verified_by.iter().filter_map(|one| match one {
        Verifying::Known { plan, as_of, .. } if !is_beside(sheet, plan) => Some((*plan, *as_of)),
        _ => None,
    });
    known.flat_map(|(plan, as_of)| of_plan(sheet, plan, as_of)).collect()
}

fn of_plan(sheet: &Sheet<'_>, plan: &Plan, as_of: AsOf) -> Vec<Section> {
    let (lang, name) = (sheet.lang, &plan.head.name);
    let section =
        |heading: &str, depth| Section { depth, topic: Some("verifying".into()), ..Section::new(heading, Vec::new()) };
    let heading =
        section(&tr!(lang, "検証に用いる「{name}」の指標", "Indicators of {name}, which verify this plan"), 0);
    let judged = plan.indicators.iter().enumerate().filter(|(_, indicator)| indicator.kind != Kind::Heading);
    let of_each = judged.flat_map(|(place, indicator)| {
        let named = section(&words::indicator_name(indicator), 1).anchored(anchor(plan, indicator));
        let told = worked_out(plan, Some(Subject::Indicator(place)), as_of, lang);
        let told = told.map(|of| Section { depth: 2, topic: Some("verifying".into()), ..of });
        std::iter::once(named).chain(told).collect::<Vec<_>>()
    });
    std::iter::once(heading).chain(of_each).collect()
}

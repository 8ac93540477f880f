//! What a new record puts in the place of what stood there: a value that goes without a correction is confirmed.

use crate::lang::{Lang, Say};
use crate::plan::indicator::{Actual, Indicator};
use crate::plan::plausible::{Doubt, Rule};
use crate::plan::record::Recorded;
use crate::plan::value::Value;
use crate::report::record::stood;
use crate::say;
use crate::wording;

/// The doubt about a new value that takes the place of another one of its period, unless it corrects it by its name or
/// confirms what was provisional.
pub fn doubt(indicator: &Indicator, new: &Actual) -> Option<Doubt> {
    if new.trace.corrects().is_some() || new.trace.withdrawn {
        return None;
    }
    let old = stood(indicator, new)?;
    let is_absent = |measure: &Actual| matches!(measure.reading.value, Value::Absent(_));
    let is_usual = is_absent(old) || old.provisional && !is_absent(new) || old.reading.value == new.reading.value;
    if is_usual {
        return None;
    }
    let [Say { ja: was, en: was_en }, Say { ja: is, en: is_en }] = [old, new].map(|measure| {
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| wording::measured(measure, indicator, lang));
        Say { ja, en }
    });
    let name = old.name();
    Some(Doubt {
        rule: Rule::Replaced,
        key: "value",
        message: Say {
            ja: format!("記録済みの「{was}」が「{is}」に置き換わります"),
            en: format!("the recorded {was_en} would be replaced by {is_en}"),
        },
        help: say!(
            "期間を確かめてください。前の記録の誤りを直すなら、--corrects {name} を付けてください",
            "check the period; to correct the earlier record, add --corrects {name}"
        ),
    })
}

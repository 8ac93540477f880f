//! What every command writes is what its schema says.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value as Json;

use super::json::{SCHEMAS, command};
use super::validate::wrong;
use crate::support::{Desk, repository};

/// Holds what commands write against their schemas, and remembers which were seen.
struct Held {
    desk: Desk,
    seen: BTreeSet<String>,
}

impl Held {
    /// Runs the command of a schema with more arguments.
    fn hold(&mut self, schema: &str, arguments: &str) {
        let line = format!("{} {arguments} --format json", command(schema));
        let ran = self.desk.run(line.strip_prefix("kaikaku ").unwrap());
        let document: Json = serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{line}: {e}: {}", ran.err));
        assert_eq!(wrong(&SCHEMAS[schema], &document), Vec::<String>::new(), "{line}");
        self.seen.insert(schema.to_owned());
    }

    /// Everything that is read of one plan.
    fn read(&mut self, plan: &str) {
        for schema in [
            "status",
            "kpi",
            "kpi-compare-methods",
            "kpi-mismatch",
            "show",
            "log",
            "due",
            "due-letter",
            "roadmap",
            "rollover",
            "calendar",
            "handover",
            "report-council",
            "report-questions",
            "explain",
        ] {
            self.hold(schema, plan);
        }
        self.hold("check", plan);
        let ids = |document: &Json, list: &str| -> Vec<String> {
            document[list].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        let entries = ids(&self.desk.json(&format!("status {plan}")), "nodes");
        let indicators = ids(&self.desk.json(&format!("kpi {plan}")), "indicators");
        // Of many alike some are enough.
        for id in entries.iter().chain(&indicators).step_by(3) {
            self.hold("show", &format!("{id} {plan}"));
            self.hold("explain", &format!("{id} {plan}"));
        }
    }
}

#[test]
fn every_output_is_what_its_schema_says() {
    let mut held = Held { desk: Desk::shipped(), seen: BTreeSet::new() };
    for plan in ["2027", "stage3", "growth-policy", "example"] {
        held.read(&format!("--plan {plan}"));
    }
    for city in fs::read_dir(repository().join("tests/plans")).unwrap() {
        held.desk = Desk::city(city.unwrap().file_name().to_str().unwrap());
        held.read("");
    }
    held.desk = Desk::copied();
    written(&mut held);
    let all: BTreeSet<String> = SCHEMAS.keys().cloned().collect();
    assert_eq!(held.seen, all);
}

/// What comes of a plan that is worked on: closed, changed, asked about, written down.
fn written(held: &mut Held) {
    held.hold("plans", "");
    held.desk.commit("2026-10-01T09:00:00+0900", "One");
    held.desk.git("2026-10-01T09:00:00+0900", &["tag", "one"]);
    held.desk.run("close R7Q2 --plan example --by 本部");
    held.desk.run("update 1-1-1 --plan example --period R7Q2 --rating 計画どおり --done x --by a");
    held.desk.run("measure exam-competition --plan example --period R7 --value 9 --by a");
    let outline = String::from_utf8(held.desk.read("plan/example/outline/1.toml")).unwrap();
    held.desk.write("plan/example/outline/1.toml", outline.replacen("name = \"", "name = \"新", 1));
    held.desk.commit("2026-10-02T09:00:00+0900", "Two");
    held.hold("diff", "one HEAD --plan example");
    held.hold("diff", "one --plan example");
    held.hold("status", "--rev one --plan example");
    held.hold("errata", "R7Q2 --plan example");
    held.hold("history", "1-1-1 --plan example");
    held.hold("blame", "exam-competition --plan example");
    held.hold("inquiry-send", "--plan example --period R8Q3 -o out --deadline R9.1.15");
    held.hold("inquiry-status", "--plan example --as-of R9.2.1");
    held.hold("inquiry-collect", "out/照会_R8Q3_人事課.xlsx --plan example");
    let opinion = |args: &str| {
        let place = "opinion add R8.11.10 --plan example --name 第3回委員会 --who 委員 --about 1-1-1";
        assert_eq!(held.desk.run(&format!("{place} {args}")).code, 0);
    };
    opinion("--opinion x --due R8.11.30 --count 2");
    opinion("--opinion y --like 1");
    let answer =
        "opinion answer 2026-11-10/1 --plan example --state 対応中 --answer z --promise p --until R8.12 --by b";
    assert_eq!(held.desk.run(answer).code, 0);
    held.hold("opinion-list", "--plan example");
    held.hold("opinion-show", "2026-11-10/1 --plan example");
    held.hold("report-opinions", "--plan example --for ledger --names");
    held.hold("due", "--plan example --as-of R9.2.1");
    held.hold("show", "1-1-1 --plan example");
    held.hold("status", "--plan example --attention --as-of R9.2.1");
    held.hold("report-questions", "--plan example --period R8Q3");
    held.desk.write("minutes.csv", "番号,意見の内容\n3,x\n4,y\n");
    held.hold("opinion-import", "minutes.csv --meeting R8.11.10 --plan example");
    held.desk.run("report council --plan example --period R8Q2 -o paper.md");
    let paper = String::from_utf8(held.desk.read("paper.md")).unwrap();
    held.desk.write("paper.md", paper.replacen("20件", "21件", 1));
    held.hold("verify", "paper.md --plan example");
    let map = "schema = 1\n\n[import]\nid = \"番号\"\nname = \"名称\"\nperiod = \"時期\"\n\n[import.answers]\nprogress = \"率\"\n";
    held.desk.write("plan/example/inquiry.toml", map);
    held.desk.write("list.csv", "番号,名称,時期,率\n1-1-1,x,R8Q1,40\n1-1-2,y,R8Q1,多い\n");
    held.hold("import", "list.csv --plan example");
    held.hold("opendata-check", "list.csv");
}

/// What is wrong is found: the test above would say nothing of documents that it does not look into.
#[test]
fn a_document_that_is_wrong_is_refused() {
    let desk = Desk::shipped();
    let document = desk.json("status --plan example");
    let schema = &SCHEMAS["status"];
    assert_eq!(wrong(schema, &document), Vec::<String>::new());
    let edits: [fn(&mut Json); 6] = [
        |document| document["nodes"][0]["id"] = 1.into(),
        |document| document["nodes"][0]["certainty"] = "likely".into(),
        |document| document["flows"] = Json::Null,
        |document| document["schema"] = 2.into(),
        |document| document["nodes"][0]["colour"] = "red".into(),
        |document| {
            document["total"].as_object_mut().unwrap().remove("rated");
        },
    ];
    for (at, edit) in edits.into_iter().enumerate() {
        let mut changed = document.clone();
        edit(&mut changed);
        assert_ne!(wrong(schema, &changed), Vec::<String>::new(), "edit {at}");
    }
}

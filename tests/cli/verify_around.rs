//! What stands around the text of a paper: charts, heads and feet of pages, footnotes, comments, fields to fill in.

use crate::support::Desk;
use crate::verify::{found_in, listed, repacked, with_part};

/// A chart with a title, and with a value that it keeps of a cell.
fn chart(title: &str, cells: &str, kept: &str) -> String {
    format!(
        "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:title><c:tx><c:rich><a:p><a:r>\
         <a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:lineChart><c:ser><c:val><c:numRef>\
         <c:f>{cells}</c:f><c:numCache><c:pt idx=\"0\"><c:v>{kept}</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>\
         </c:lineChart></c:plotArea></c:chart></c:chartSpace>"
    )
}

#[test]
fn word_charts_and_footnotes_are_read() {
    let desk = Desk::copied();
    assert_eq!(desk.run("report council --plan example --period R8Q2 --for assembly -o a.docx").code, 0);
    let bytes = std::fs::read(desk.path("a.docx")).unwrap();
    std::fs::write(desk.path("b.docx"), with_part(&bytes, "word/charts/chart1.xml", &chart("満足度", "A1", "61.5")))
        .unwrap();
    assert_eq!(listed(&found_in(&desk, "b.docx")), "61.5/-");
    let note = |xml: &str| {
        let note = "<w:footnote w:id=\"9\"><w:p><w:r><w:t>このうち43件は見込み</w:t></w:r></w:p></w:footnote>";
        xml.replacen("</w:footnotes>", &format!("{note}</w:footnotes>"), 1)
    };
    std::fs::write(desk.path("b.docx"), repacked(&bytes, "word/footnotes.xml", note)).unwrap();
    assert_eq!(listed(&found_in(&desk, "b.docx")), "43件/-");
}

#[test]
fn excel_heads_feet_and_charts_are_read() {
    let desk = Desk::copied();
    assert_eq!(desk.run("report council --plan example --period R8Q2 --for committee -o a.xlsx").code, 0);
    let bytes = std::fs::read(desk.path("a.xlsx")).unwrap();
    let held = |part: &str, edit: &dyn Fn(&str) -> String| {
        std::fs::write(desk.path("b.xlsx"), repacked(&bytes, part, edit)).unwrap();
        listed(&found_in(&desk, "b.xlsx"))
    };
    let sheet = "xl/worksheets/sheet1.xml";
    // A size is no figure, and neither is the page.
    assert_eq!(held(sheet, &|xml| xml.replacen("&amp;R&amp;8 ", "&amp;R&amp;11 ", 1)), "");
    assert_eq!(held(sheet, &|xml| xml.replacen("<oddFooter>", "<oddFooter>&amp;C&amp;P / &amp;N", 1)), "");
    assert_eq!(held(sheet, &|xml| xml.replacen("<oddHeader>", "<oddHeader>&amp;L計22件", 1)), "22件/-");
    let period = held(sheet, &|xml| {
        let (before, header) = xml.split_once("<oddHeader>").unwrap();
        format!("{before}<oddHeader>{}", header.replacen("第2四半期", "第3四半期", 1))
    });
    assert!(period.contains("3") && period.contains("/"), "{period}");
    // A chart shows the cells; what it keeps of them from before is seen until a program has read them.
    let drawn = "xl/charts/chart1.xml";
    assert_eq!(held(drawn, &|_| chart("", "'図の値'!$D$2", "13.8")), "", "as the cell has it");
    assert_eq!(held(drawn, &|_| chart("", "'図の値'!$D$2", "6.3")), "6.3/-");
    assert_eq!(held(drawn, &|_| chart("競争倍率は5.5倍", "'図の値'!$D$2", "13.8")), "5.5倍/-");
}

#[test]
fn html_fields_are_read() {
    let desk = Desk::copied();
    assert_eq!(desk.run("report council --plan example --period R8Q2 --for assembly -o a.html").code, 0);
    let html = std::fs::read_to_string(desk.path("a.html")).unwrap();
    let field = "<p><input type=\"hidden\" value=\"44件\"><input value=\"45件\"></p></main>";
    std::fs::write(desk.path("b.html"), html.replacen("</main>", field, 1)).unwrap();
    assert_eq!(listed(&found_in(&desk, "b.html")), "45件/-");
}

/// Every kind of paper names its facts, and `explain` knows each.
#[test]
fn explain_knows_the_facts_of_every_paper() {
    let desk = Desk::copied();
    let papers =
        ["report questions --period R8Q2", "due --as-of R8Q2", "due --letter --as-of R8Q2", "roadmap --as-of R8Q2"];
    for (at, paper) in papers.iter().chain(&["kpi --as-of R8Q2", "status --as-of R8Q2"]).enumerate() {
        // What is overdue ends with 1.
        assert!(desk.run(&format!("{paper} --plan example -o {at}.md")).code < 2, "{paper}");
        let text = std::fs::read_to_string(desk.path(&format!("{at}.md"))).unwrap();
        let (_, list) = text.split_once("<!-- kaikaku facts\n").unwrap();
        let ids: Vec<&str> = list.lines().filter_map(|line| Some(line.split_once('\t')?.0)).collect();
        assert!(ids.len() > 10, "{paper}");
        for id in ids.iter().step_by(ids.len() / 8) {
            desk.run(&format!("explain {id} --plan example")).done();
        }
    }
    // The period of a month holds a point itself.
    let said = desk.run("explain status.1-3-1.R8.9.rating --plan example --lang en").done();
    assert!(said.out().contains("時間外勤務の縮減") && said.out().contains("2026-09-30"), "{said:?}");
}

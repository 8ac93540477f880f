"""Makes the files of this folder, as offices make them: by hand, by openpyxl, by LibreOffice. What breaks which rule in each
was worked out by hand; it stands in `expect.txt`, which is no output of any program.

    python3 make.py
"""

import pathlib
import subprocess
import tempfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from PIL import Image as Picture

HERE = pathlib.Path(__file__).parent
HEAD = "area_code,area_name,fiscal_year,population"
ROWS = [("431001", "熊本県熊本市", 2022, 738567), ("432024", "熊本県八代市", 2022, 123067), ("432032", "熊本県人吉市", 2022, 30692),
        ("432041", "熊本県荒尾市", 2022, 50832)]


def write(name, text, encoding="utf-8", end="\r\n"):
    (HERE / name).write_bytes(text.replace("\n", end).encode(encoding))


def table(rows=ROWS, head=HEAD):
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"


def book(name, rows=ROWS, head=HEAD, change=lambda sheet: None):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "population"
    sheet.append(head.split(","))
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    workbook.save(HERE / name)


def texts():
    write("clean.csv", table())
    write("clean_bom.csv", table(), "utf-8-sig")
    write("clean_cp932.csv", table(), "cp932")
    write("clean_quoted.csv", 'area_code,area_name,fiscal_year,fiscal_year_ja,remarks,population\n431001,熊本県熊本市,2022,令和4年度,"区を含む, 外国人を含む",738567\n'
          '432024,熊本県八代市,2022,令和4年度,なし,123067\n432032,熊本県人吉市,2022,令和4年度,"""速報""",30692\n')
    write("clean_status.csv", "area_code,area_name,fiscal_year,value,value_status\n431001,熊本県熊本市,2022,0,present\n432024,熊本県八代市,2022,,not-surveyed\n"
          "432032,熊本県人吉市,2022,12,present\n432041,熊本県荒尾市,2022,-3.5,present\n")
    # As the standard dataset of public facilities has it, with Japanese headings.
    write("facilities.csv", "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,所在地_連結表記,緯度,経度,電話番号,利用開始時間,定員,備考\n"
          "431001,1,熊本市,熊本市役所,クマモトシヤクショ,熊本県熊本市中央区手取本町1-1,32.803100,130.707900,(096)328-2111,08:30,120,\n"
          "431001,2,熊本市,市民会館・ホール,シミンカイカン,熊本県熊本市中央区桜町1-3,32.800500,130.704600,(096)355-5235,09:00,1591,要予約\n"
          "431001,3,熊本市,男女共同参画センター、はあもにい,ハアモニイ,熊本県熊本市中央区黒髪3-3-10,32.813900,130.722400,(096)345-2550,09:00,600,\n")
    write("title.csv", "令和4年度の人口\n（単位：人）\n\n" + table() + "\n※住民基本台帳による\n資料：総務局\n")
    write("wareki.csv", "area_code,area_name,fiscal_year_ja,population\n431001,熊本県熊本市,令和4年度,738567\n431001,熊本県熊本市,令和5年度,737850\n431001,熊本県熊本市,R6,736123\n")
    write("units.csv", 'area_code,area_name,fiscal_year,population\n431001,熊本県熊本市,2022,"738,567"\n432024,熊本県八代市,2022,123067人\n'
          "432032,熊本県人吉市,2022,約30000\n432041,熊本県荒尾市,2022,50832※\n432059,熊本県水俣市,2022,２２２２２\n432067,熊本県玉名市,2022,64000～65000\n432083,熊本県山鹿市,2022,48000\n")
    write("linebreak.csv", 'area_code,area_name,fiscal_year,remarks,population\n431001,熊本県熊本市,2022,"区を含む\n外国人を含む",738567\n432024,熊本県八代市,2022,なし,123067\n')
    write("torn_line.csv", "area_code,area_name,fiscal_year,population\n431001,熊本県\n熊本市,2022,738567\n432024,熊本県八代市,2022,123067\n432032,熊本県人吉市,2022,30692\n")
    write("comma.csv", "area_code,area_name,fiscal_year,population\n431001,熊本県熊本市,2022,738,567\n432024,熊本県八代市,2022,900\n432032,熊本県人吉市,2022,800\n")
    write("blankrow.csv", "area_code,area_name,fiscal_year,population\n431001,熊本県熊本市,2022,738567\n\n432024,熊本県八代市,2022,123067\n432032,熊本県人吉市,2022,30692\n")
    write("blankcolumn.csv", "area_code,area_name,,fiscal_year,population\n431001,熊本県熊本市,,2022,738567\n432024,熊本県八代市,,2022,123067\n")
    write("below.csv", table(ROWS[:2]) + "\n" + "area_name,households,bureau,remarks\n熊本県熊本市,331000,市民局,なし\n熊本県八代市,49000,市民局,なし\n")
    write("other.csv", "area_code,area_name,reason\n431001,熊本県熊本市,人手不足\n432024,熊本県八代市,その他（災害対応）\n432032,熊本県人吉市,その他\n432041,熊本県荒尾市,その他：調整中\n")
    write("characters.csv", "area_code,area_name,operator\n431001,熊本県熊本市,㈱市民バス\n432024,熊本県八代市,①八代交通\n432032,熊本県人吉市,髙橋観光\n", "cp932")
    write("utf16.csv", "\ufeff" + table(), "utf-16-le")
    write("tabs.csv", table().replace(",", "\t"))
    write("ditto.csv", "bureau,section,staff\n熊本県総務局,行政経営課,12\n〃,人事課,30\n熊本県財政局,財政課,15\n")
    write("omitted.csv", "bureau,section,staff\n熊本県総務局,行政経営課,12\n,人事課,30\n,管財課,20\n熊本県財政局,財政課,15\n,税制課,18\n")
    write("several.csv", "area_name,standing,telephone\n熊本県熊本市,計画どおり / 準備中,096-328-2111\n熊本県八代市,計画どおり / 実施中,0965-33-4111、0965-33-4112\n熊本県人吉市,遅れ / 準備中,0966-22-2111\n")
    write("marks.csv", "area_code,area_name,fiscal_year,population\n431001,熊本県熊本市,2022,738567\n432024,熊本県八代市,2022,-\n432032,熊本県人吉市,2022,x\n432041,熊本県荒尾市,2022,50832\n432059,熊本県水俣市,2022,…\n")
    write("blank.csv", "area_code,area_name,fiscal_year,population,remarks\n431001,熊本県熊本市,2022,738567,なし\n432024,熊本県八代市,2022,,なし\n432032,熊本県人吉市,2022,30692,なし\n")
    write("wide.csv", "area_code,area_name,令和4年度,令和5年度\n431001,熊本県熊本市,738567,737850\n432024,熊本県八代市,123067,121000\n")
    write("months.csv", "area_code,area_name,2022年4月,2022年5月,2022年6月\n431001,熊本県熊本市,10,20,30\n432024,熊本県八代市,1,2,3\n")
    write("totals.csv", "area_name,fiscal_year,population\n熊本県熊本市,2022,738567\n熊本県八代市,2022,123067\n熊本県人吉市,2022,30692\n合計,2022,892326\n")
    write("spelling.csv", "area_code,area_name,standing\n431001,熊本県熊本市,実施中\n432024,熊本県八代市,実施 中\n432032,熊本県人吉市,実施中\n432041,熊本県荒尾市,ＤＸ\n432059,熊本県水俣市,DX\n432067,熊本県玉名市,DX\n")
    write("headings.csv", "area_code,area_name,population,population,\n431001,熊本県熊本市,738567,331000,なし\n432024,熊本県八代市,123067,49000,なし\n")
    write("headless.csv", "431001,熊本県熊本市,2022,738567\n432024,熊本県八代市,2022,123067\n432032,熊本県人吉市,2022,30692\n")
    write("repeated.csv", table(ROWS[:2]) + table(ROWS[2:]))
    write("kubun.csv", "area_code,area_name,状態コード\n431001,熊本県熊本市,1\n432024,熊本県八代市,2\n")
    write("wrongcode.csv", table([("431002", "熊本県熊本市", 2022, 738567), ("432024", "熊本県八代市", 2022, 123067), ("994024", "熊本県人吉市", 2022, 30692)]))
    write("shortnames.csv", "city,fiscal_year,population\n熊本,2022,738567\n八代市,2022,123067\n人吉,2022,30692\n")
    write("noarea.csv", "fiscal_year,population\n2022,738567\n2023,737850\n")
    write("spaces.csv", "area_code,area_name,氏　名,remarks\n431001,熊本県熊本市,山田　太郎,　なし\n432024,熊本県八代市,佐藤 花子,区　分\n432032,熊本県人吉市,鈴木 一郎,なし\n")
    write("unit.csv", "area_code,area_name,fiscal_year,consumption,emission（t）\n431001,熊本県熊本市,2022,5000,12\n432024,熊本県八代市,2022,300,3\n")
    write("quotes.csv", 'area_code,area_name,remarks\n431001,熊本県熊本市,"速報"値\n432024,熊本県八代市,なし\n')
    for name, bytes in (("empty.csv", b""), ("bomonly.csv", b"\xef\xbb\xbf"), ("onlycommas.csv", b",,,\r\n,,,\r\n"), ("disguised.csv", b"%PDF-1.4\n%%EOF\n")):
        (HERE / name).write_bytes(bytes)
    write("headonly.csv", HEAD + "\n")
    write("otherbody.csv", table([("431001", "熊本県八代市", 2022, 738567), ("432024", "熊本県八代市", 2022, 123067), ("401307", "熊本県人吉市", 2022, 30692)]))
    write("impossible.csv", "area_code,area_name,survey_date,population\n431001,熊本県熊本市,2026-02-30,738567\n432024,熊本県八代市,2026-02-28,123067\n432032,熊本県人吉市,2026-13-01,30692\n")
    write("impossible_ja.csv", "area_code,area_name,survey_date,fiscal_year_ja,population\n431001,熊本県熊本市,2026-02-28,令和8年13月,738567\n432024,熊本県八代市,2026-02-28,令和8年2月,123067\n"
          "432032,熊本県人吉市,2026-02-28,令和8年2月30日,30692\n")
    write("years_differ.csv", "area_code,area_name,fiscal_year,fiscal_year_ja,population\n431001,熊本県熊本市,2026,令和7年度,738567\n432024,熊本県八代市,2025,令和7年度,123067\n")
    write("mixed_years.csv", "area_code,area_name,survey_date,population\n431001,熊本県熊本市,2026-02-28,738567\n432024,熊本県八代市,令和8年2月28日,123067\n432032,熊本県人吉市,2026-02-28,30692\n")
    write("day_layouts.csv", "area_code,area_name,survey_date,population\n431001,熊本県熊本市,2026-02-28,738567\n432024,熊本県八代市,2026/2/28,123067\n432032,熊本県人吉市,2026-02-28,30692\n")
    write("twice.csv", "ID,area_code,area_name,population\n1,431001,熊本県熊本市,738567\n2,431001,熊本県熊本市,123067\n1,431001,熊本県熊本市,30692\n1,432024,熊本県八代市,30692\n")
    write("samerows.csv", table([ROWS[0], ROWS[1], ROWS[0]]))
    write("shortrow.csv", "area_code,area_name,population,remarks\n431001,熊本県熊本市,738567,なし\n432024,熊本県八代市,123067\n432032,熊本県人吉市,30692,なし\n")
    write("fullwidth.csv", "area_code,area_name,fiscal_year,population\n４３１００１,熊本県熊本市,２０２２,738567\n432024,熊本県八代市,2022,123067\n")
    write("words.csv", table([*ROWS, ("432059", "熊本県水俣市", 2022, "たくさん"), ("432067", "熊本県玉名市", 2022, "12膳"), *[("432083", "熊本県山鹿市", year, 48000) for year in (2022, 2023, 2024, 2025)]]))
    (HERE / "report.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")


def styled(sheet):
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEBF7")
    for row in (3, 5):
        for cell in sheet[row]:
            cell.fill = PatternFill("solid", fgColor="F2F2F2")
    sheet.freeze_panes = "A2"
    for row in range(2, 6):
        sheet.cell(row, 4).number_format = '#,##0;"▲"#,##0'


def dates(sheet):
    import datetime
    sheet["E1"] = "survey_date"
    for row in range(2, 6):
        cell = sheet.cell(row, 5, datetime.date(2022, 10, row))
        cell.number_format = '[$-411]ggge"年"m"月"d"日"'


def merged(sheet):
    sheet.insert_rows(1)
    for column, text in enumerate(["area", None, "fiscal_year", "population"], 1):
        sheet.cell(1, column, text)
    sheet.cell(2, 1, "code")
    sheet.cell(2, 2, "name")
    sheet.cell(2, 3, None)
    sheet.cell(2, 4, None)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:C2")
    sheet.merge_cells("D1:D2")
    sheet.cell(4, 3, None)
    sheet.merge_cells("C3:C4")


def hidden(sheet):
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].outlineLevel = 1


def formulas(sheet):
    sheet["E1"] = "households"
    for row in range(2, 6):
        sheet.cell(row, 5, f"=D{row}/2")


def picture(sheet):
    path = pathlib.Path(tempfile.mkdtemp()) / "seal.png"
    Picture.new("RGB", (8, 8), "red").save(path)
    sheet.add_image(Image(path), "F7")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=5), titles_from_data=True)
    sheet.add_chart(chart, "H2")


def colours(sheet):
    sheet["D3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["D4"].font = Font(color="FF0000", bold=True)


def breaks(sheet):
    sheet["B2"] = "熊本県\n熊本市"


def comments(sheet):
    sheet["D3"].comment = Comment("速報値", "総務局")


def stored(sheet):
    for row in range(2, 4):
        sheet.cell(row, 4, str(sheet.cell(row, 4).value))


def beside(sheet):
    for row, cells in enumerate([("name", "staff"), ("熊本県熊本市", 10), ("熊本県八代市", 20)], 1):
        for column, value in enumerate(cells, 6):
            sheet.cell(row, column, value)


def notes(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"] = "熊本県の人口"
    sheet["A9"] = "（注）国勢調査による"


def workbooks():
    book("clean.xlsx", change=styled)
    book("dates.xlsx", change=dates)
    book("headonly.xlsx", rows=[])
    openpyxl.Workbook().save(HERE / "blank.xlsx")
    for change in (merged, hidden, formulas, picture, colours, breaks, comments, stored, beside, notes):
        book(f"{change.__name__}.xlsx", change=change)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                        "--infilter=CSV:44,34,76,1,2/2", "--outdir", folder, str(HERE / "clean.csv")], check=True, capture_output=True)
        (HERE / "clean_libreoffice.xlsx").write_bytes((pathlib.Path(folder) / "clean.xlsx").read_bytes())


if __name__ == "__main__":
    texts()
    workbooks()

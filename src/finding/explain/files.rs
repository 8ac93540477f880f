//! The files themselves.

use super::Explanation;

pub const NO_PLAN: Explanation = Explanation {
    title: ("plan.toml がない", "no plan.toml"),
    text: (
        "計画の名称、期間、階層、進捗区分は plan.toml に書きます。これがないか空であると、ほかのファイルに書いた項目や実績を\
         どう数えるか決められないため、集計は行いません。フォルダーの指定を確かめてください。新しく始めるときは kaikaku init で\
         ひな形を作れます。誤って消したときは、git の履歴から戻せます。",
        "plan.toml names the plan, its years, its levels and its scales. Where it is missing or empty nothing says how the \
         entries and records in the other files are to be counted, so nothing is counted. Check the folder; start a new \
         plan with kaikaku init; restore a deleted file from git.",
    ),
    wrong: "",
    right: "schema = 1\nid     = \"reform-2027\"\nname   = \"改革プラン2027\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"基本方針\", \"施策\", \"取組項目\"]",
};

pub const UNREADABLE: Explanation = Explanation {
    title: ("ファイルを読み取れない", "a file that cannot be read"),
    text: (
        "ファイルはありますが、読み取れませんでした。アクセス権がない、リンクの先がない、ほかのプログラムが使っている、共有\
         フォルダーにつながらない、などの場合に起こります。そのファイルの内容が欠けたままでは件数も実績も誤るため、集計は行いません。\
         ファイルを開けるか確かめてから、もう一度実行してください。",
        "The file is there but could not be read: no permission, a link to nowhere, held by another program, a network \
         share that is down. Without its content counts and actuals would be wrong, so there are none. See whether you \
         can open the file, then run again.",
    ),
    wrong: "",
    right: "",
};

pub const NOT_A_FILE: Explanation = Explanation {
    title: ("ファイルではない", "not a file"),
    text: (
        "名前が .toml で終わっていますが、ファイルではなくフォルダーなどです。中のファイルは読まれないため、書いたつもりの\
         項目が集計から漏れるおそれがあります。フォルダーの名前を変えるか、中のファイルを outline/ や records/ の直下に\
         移してください。",
        "The name ends in .toml, but it is a folder or a device. What is in it is not read, so entries you believe to be \
         there would be missing from the figures. Rename the folder, or move its files to outline/ or records/.",
    ),
    wrong: "",
    right: "",
};

pub const OUTSIDE_FOLDER: Explanation = Explanation {
    title: ("計画のフォルダーの外を指すリンク", "a link out of the plan's folder"),
    text: (
        "シンボリックリンクが計画のフォルダーの外を指しています。外のファイルは git の履歴に残らず、ほかの人の手元では\
         内容が違うかもしれないため、読みません。同じ版からは、いつ誰が実行しても同じ数字が出るようにするためです。\
         リンクをやめ、ファイルそのものを計画のフォルダーに置いてください。",
        "A symbolic link leads out of the plan's folder. A file out there has no history in git and may differ on \
         another desk, so it is not read: the same revision must give the same figures to everyone. Replace the link \
         by the file itself.",
    ),
    wrong: "",
    right: "",
};

pub const TOO_LARGE: Explanation = Explanation {
    title: ("ファイルが大きすぎる", "a file that is too large"),
    text: (
        "一つのファイルは 32 MiB まで読みます。一つの項目の一年分の実績は数キロバイトなので、別の物が紛れ込んでいる\
         可能性があります。読まないまま数えると件数が欠けるため、集計は行いません。計画のファイルでなければフォルダーの\
         外へ移し、計画のファイルなら分けてください。",
        "Files are read up to 32 MiB. A year of one entry takes a few kilobytes, so something else has probably strayed \
         in. Counting without it would leave a gap, so nothing is counted. Move it away if it is not part of the plan, \
         split it if it is.",
    ),
    wrong: "",
    right: "",
};

pub const EMPTY_FILE: Explanation = Explanation {
    title: ("空のファイル", "an empty file"),
    text: (
        "ファイルに何も書き込んでいません。集計には影響しませんが、保存に失敗して中身が失われたのかもしれません。前の内容は\
         git の履歴で確かめられます。要らないファイルなら消してください。",
        "The file has no content. The figures are not affected, but a failed save may have lost what was in it: see its \
         history in git. Delete the file if it is not needed.",
    ),
    wrong: "",
    right: "",
};

pub const STRAY_FILE: Explanation = Explanation {
    title: ("どこからも読まれないファイル", "a file that nothing reads"),
    text: (
        "計画のファイルは plan.toml、owners.toml、sources.toml、indicators.toml と、outline/、indicators/、records/ の直下の\
         .toml です。それ以外の .toml は読まれません。名前の打ち間違い（owner.toml、record/ など）や大文字の .TOML なら、\
         書いた内容が集計から漏れています。名前と場所を直すか、計画と関係がなければ移してください。",
        "The files of a plan are plan.toml, owners.toml, sources.toml, indicators.toml and the .toml files right in \
         outline/, indicators/ and records/. Any other .toml is not read. If its name is misspelled (owner.toml, record/, \
         .TOML), what is in it is missing from the figures: fix the name, or move the file away.",
    ),
    wrong: "",
    right: "",
};

pub const NOT_UTF8: Explanation = Explanation {
    title: ("文字コードが UTF-8 ではない", "not UTF-8"),
    text: (
        "ファイルは UTF-8 で保存してください。Shift_JIS（メモ帳の「ANSI」、Excel の CSV など）や UTF-16 のままでは文字を\
         正しく読めず、名前も数字も信用できないため、集計は行いません。エディターで「名前を付けて保存」を選び、文字コードを\
         「UTF-8」（BOM なし）にして保存し直してください。表示される行とバイトの位置が、最初に読めなかった所です。",
        "Files are UTF-8. If it is saved as Shift_JIS (ANSI in Notepad, CSV from Excel) or UTF-16 neither names nor numbers can be \
         trusted, so nothing is counted. Save the file again as UTF-8 without BOM. The line and byte in the message are \
         where reading failed first.",
    ),
    wrong: "",
    right: "",
};

pub const BOM: Explanation = Explanation {
    title: ("ファイルの先頭の BOM", "a byte order mark"),
    text: (
        "ファイルの先頭に、目に見えない印（BOM）が付いています。そのまま読めるので集計には影響しません。ただし、ほかの道具では\
         一行目を読み誤ることがあり、git の差分にも一行目の変更として現れます。文字コードを「UTF-8（BOM なし）」にして\
         保存し直してください。",
        "The file begins with an invisible mark. It is read all the same and the figures are not affected, but other tools \
         may misread the first line, and git shows it as changed. Save the file as UTF-8 without BOM.",
    ),
    wrong: "",
    right: "",
};

pub const CRLF: Explanation = Explanation {
    title: ("改行が CRLF", "CRLF line ends"),
    text: (
        "行の終わりが CRLF（Windows の改行）です。そのまま読めるので集計には影響しませんが、人によって改行が違うと、git の\
         差分で全部の行が変わったように見え、何を直したのか分からなくなります。エディターの設定で改行を LF にして保存し直して\
         ください。",
        "Lines end in CRLF, as on Windows. The file is read all the same and the figures are not affected; but where people \
         differ in this, git shows every line as changed and hides the real change. Save it with LF line ends.",
    ),
    wrong: "",
    right: "",
};

pub const CONTROL_CHAR: Explanation = Explanation {
    title: ("目に見えない制御文字", "an invisible control character"),
    text: (
        "文字の向きを変える文字、幅のない空白、エスケープ文字など、目に見えない文字が入っています。Web ページや PDF から\
         写すと紛れ込むことがあります。見た目が同じでも別の名前として扱われ、所管課の名前が一致しない、検索に掛からない、と\
         いったことが起こります。その文字を消してください。出力では記号に置き換えて示します。",
        "There is a character that turns the direction of writing, a space of no width, an escape or the like, as comes \
         along when text is copied from web pages or PDF. Names that look alike then differ: an owner is not found, a \
         search finds nothing. Delete the character; outputs show a symbol in its place.",
    ),
    wrong: "name = \"窓口\\u200bの改革\"",
    right: "name = \"窓口の改革\"",
};

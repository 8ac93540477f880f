//! Places that refuse: full, read-only, somebody else's. Where the machine does not let a test make such a place, it says
//! so and is skipped.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Output;

use super::count;
use super::desk::{Desk, Ran, fill, kaikaku, ran};

/// Runs a script in a mount namespace of its own, where it may mount. `None`: this machine does not allow it.
fn apart(root: &Path, script: &str) -> Option<Output> {
    let run = |script: &str| {
        let args = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-euc", script];
        let mut command = kaikaku(Path::new("/usr/bin/env"), root, &args);
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("KAIKAKU", env!("CARGO_BIN_EXE_kaikaku")).output()
    };
    let allowed = run("mkdir -p probe && mount -t tmpfs -o size=64k tmpfs probe");
    allowed.is_ok_and(|probe| probe.status.success()).then(|| run(script).unwrap())
}

#[test]
fn a_full_disk_is_reported_and_nothing_lost() {
    let desk = Desk::new();
    let filled = tempfile::tempdir().unwrap();
    fill(filled.path());
    // The disk is filled but for so many bytes; then updates are tried, and again once there is room.
    let script = format!(
        r#"
mkdir -p disk && mount -t tmpfs -o size=256k,nr_inodes=64 tmpfs disk && cp -r {from}/plan disk/plan && cd disk
$KAIKAKU update 1 --period R8Q2 --done first 2>/dev/null >/dev/null
for free in {steps}; do
  rm -f filler; dd if=/dev/zero of=filler bs=1024 count=$((256 - free)) 2>/dev/null || true
  before=$(cat plan/records/1.toml | cksum)
  if $KAIKAKU update 1 --period R8Q2 --done "free $free" >/dev/null 2>../err; then echo "there $free"; else
    echo "refused $? $(head -c 400 ../err | tr '\n' ' ')"
    test "$before" = "$(cat plan/records/1.toml | cksum)" || echo "CHANGED"
    test -z "$(find plan -name '*.new')" || echo "LEFT"
  fi
done
rm -f filler
$KAIKAKU update 1 --period R8Q2 --done last >/dev/null
$KAIKAKU check >/dev/null
grep -o 'done .*' plan/records/1.toml
"#,
        from = filled.path().display(),
        steps = (0..count(6, 40)).map(|n| (n % 40).to_string()).collect::<Vec<_>>().join(" "),
    );
    let Some(output) = apart(&desk.root(), &script) else {
        return println!("full disk: skipped, this machine lets no test mount");
    };
    let (stated, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{stated}{err}");
    assert!(!stated.contains("CHANGED") && !stated.contains("LEFT"), "{stated}");
    let refused: Vec<&str> = stated.lines().filter(|line| line.starts_with("refused")).collect();
    assert!(!refused.is_empty(), "the disk was never full: {stated}");
    for line in &refused {
        assert!(
            line.starts_with("refused 2 ") && line.contains("the disk is full") && line.contains("help:"),
            "{line}"
        );
    }
    let there: Vec<&str> = stated.lines().filter_map(|line| line.strip_prefix("there ")).collect();
    let kept: Vec<&str> = stated.lines().filter(|line| line.starts_with("done")).collect();
    for free in &there {
        assert_eq!(kept.iter().filter(|line| line.ends_with(&format!("\"free {free}\""))).count(), 1, "{stated}");
    }
    assert_eq!(kept.len(), there.len() + 2, "the first, the last and what was acknowledged: {stated}");
    println!("full disk: {} updates refused, {} written, nothing lost", refused.len(), there.len());
}

/// A merge on a full disk leaves the file to git as it was, with the exit code of a conflict.
#[test]
fn a_full_disk_leaves_a_merge_to_git() {
    let desk = Desk::new();
    let script = r#"
mkdir -p disk && mount -t tmpfs -o size=64k tmpfs disk && cd disk
block() { printf '\n[[update]]\nperiod   = "%s"\nrecorded = 2026-10-01\ndone     = "%s"\n' $1 $2; }
long=$(head -c 6000 /dev/zero | tr '\0' x)
echo 'schema = 1' > base; { cat base; block R8Q1 $long; } > ours; { cat base; block R8Q2 $long; } > theirs
cp ours before
dd if=/dev/zero of=filler bs=1024 count=64 2>/dev/null || true
code=0; $KAIKAKU merge-driver base ours theirs 2>err.full >/dev/null || code=$?
cmp ours before && echo "code $code"; ls -A | tr '\n' ' '
rm filler; $KAIKAKU merge-driver base ours theirs && grep -c period ours
"#;
    let Some(output) = apart(&desk.root(), script) else {
        return println!("full disk: skipped, this machine lets no test mount");
    };
    let (stated, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(stated.starts_with("code 2\n") && !stated.contains(".new"), "{stated}{err}");
    assert!(output.status.success() && stated.ends_with("2\n"), "once there is room: {stated}{err}");
}

#[test]
fn a_read_only_disk_is_reported() {
    let desk = Desk::new();
    let script = "mount --bind plan plan && mount -o remount,bind,ro plan && \
                  { $KAIKAKU update 1 --period R8Q2 --done a >/dev/null || echo $?; } && $KAIKAKU status >/dev/null";
    let Some(output) = apart(&desk.root(), script) else {
        return println!("read-only disk: skipped, this machine lets no test mount");
    };
    let ran = ran(output);
    assert!(ran.code == Some(0) && ran.err.contains("read-only") && ran.err.contains("help:"), "{}", ran.err);
    println!("read-only disk: shown, and the plan stays readable");
}

/// Runs an update as somebody who may not write everywhere: root is asked to be nobody.
fn as_anybody(desk: &Desk) -> Option<Ran> {
    let args = ["update", "1", "--period", "R8Q2", "--done", "a"];
    if fs::metadata(desk.root()).unwrap().uid() != 0 {
        return Some(desk.run(&args));
    }
    let open = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    let program = desk.root().join("kaikaku");
    fs::copy(env!("CARGO_BIN_EXE_kaikaku"), &program).unwrap();
    [&program, &desk.root(), desk.root().parent().unwrap()].into_iter().for_each(open);
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program.to_str().unwrap()];
    let all = [&nobody[..], &args[..]].concat();
    let run = || kaikaku(Path::new("/usr/bin/env"), &desk.root(), &all).env("PATH", "/usr/bin:/bin").output().unwrap();
    // A process that another test starts may hold the new program open for writing for a moment.
    let output = std::iter::repeat_with(run).take(100).find(|output| output.status.code() != Some(126)).unwrap();
    (output.status.code() == Some(2)).then(|| ran(output))
}

fn denied(desk: &Desk, what: &Path, mode: u32) {
    fs::set_permissions(what, fs::Permissions::from_mode(mode)).unwrap();
    let before = desk.files();
    let shown = as_anybody(desk);
    fs::set_permissions(what, fs::Permissions::from_mode(0o755)).unwrap();
    let Some(ran) = shown else {
        return println!("permission denied: skipped, root cannot be anybody else here");
    };
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("permission denied") && ran.err.contains("help:"), "{}", ran.err);
    assert_eq!(desk.files(), before);
}

#[test]
fn a_folder_that_may_not_be_written_is_reported() {
    let desk = Desk::new();
    denied(&desk, &desk.plan(), 0o555);
    assert_eq!(desk.update("1", "b").status().unwrap().code(), Some(0), "and once it may, all is well");
}

#[test]
fn a_records_folder_that_may_not_be_written_is_reported() {
    let desk = Desk::new();
    assert_eq!(desk.update("1", "b").status().unwrap().code(), Some(0));
    fs::remove_file(desk.plan().join(".kaikaku.lock")).unwrap();
    // The plan itself may be written by anybody, its records may not.
    fs::set_permissions(desk.plan(), fs::Permissions::from_mode(0o777)).unwrap();
    denied(&desk, &desk.plan().join("records"), 0o555);
}

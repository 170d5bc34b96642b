//! The command line from outside: the real program, its output, its messages and how it ends.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PRODIGY: &str = include_str!("formats/fixtures/jsonl/prodigy.jsonl");

/// What came of a run.
#[derive(Debug)]
struct Ran {
    out: String,
    said: String,
    code: Option<i32>,
}

/// A folder of a test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).expect("writes");
    }

    fn get(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_annotator"))
            .args(arguments)
            .current_dir(&self.0)
            .env("SOURCE_DATE_EPOCH", "1934567890")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("takes its input");
        let output = child.wait_with_output().expect("ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { out: text(output.stdout), said: text(output.stderr), code: output.status.code() }
    }
}

#[test]
fn a_file_is_converted_and_what_is_lost_is_said() {
    let folder = Folder::new("convert");
    folder.put("news.jsonl", PRODIGY);
    let ran = folder.run(&["convert", "news.jsonl", "--to", "doccano", "--set", "relations=yes", "-o", "out/"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out, "");
    let said: Vec<&str> = ran.said.lines().collect();
    assert!(
        said.contains(
            &"news.jsonl:3:366: warning: relation “lost”: one of its ends is no span of the line; it was left out"
        ),
        "{ran:?}"
    );
    let split = "doccano: 3 annotators: in a file for each; only its name says whose it is (first: A1, news-ana, news-bo); \
                 --set annotators=… changes that";
    assert!(said.contains(&split), "{ran:?}");
    let out = Folder(folder.0.join("out"));
    assert_eq!(out.names(), ["news.a1.jsonl", "news.news-ana.jsonl", "news.news-bo.jsonl"]);
    assert!(out.get("news.news-ana.jsonl").contains("\"type\":\"speaker\""));
}

#[test]
fn there_and_back_gives_the_same_file() {
    let folder = Folder::new("back");
    folder.put("news.jsonl", PRODIGY);
    assert_eq!(folder.run(&["convert", "news.jsonl", "-o", "all.json"]).code, Some(0));
    for (to, name) in [("jsonl", "all.jsonl"), ("project", "again.json")] {
        assert_eq!(folder.run(&["convert", "all.json", "--to", to, "-o", name]).code, Some(0));
    }
    assert_eq!(folder.get("again.json"), folder.get("all.json"));
    // A table has no texts, so it goes with a file that has them.
    assert_eq!(folder.run(&["convert", "all.json", "-o", "table.csv"]).code, Some(0));
    let ran = folder.run(&["convert", "table.csv", "all.json", "-t", "project", "--strict", "-q"]);
    assert_eq!((ran.code, ran.out == folder.get("all.json")), (Some(0), true), "{}", ran.said);
}

#[test]
fn articles_are_read_before_what_is_on_them() {
    let folder = Folder::new("order");
    let quote = r#"{"type":"TextQuoteSelector","exact":"at nine"}"#;
    folder.put(
        "notes.jsonld",
        format!(
            r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":{{"selector":{quote}}}}}"#
        ),
    );
    folder.put("news.txt", "We open at nine.");
    let counted = folder.run(&["stats", "--json", "notes.jsonld", "news.txt"]);
    let json: serde_json::Value = serde_json::from_str(&counted.out).expect("JSON");
    assert_eq!(json["annotations"], 1, "{counted:?}");
}

#[test]
fn several_files_travel_as_an_archive() {
    let folder = Folder::new("archive");
    folder.put("news.jsonl", PRODIGY);
    let ran = folder.run(&["convert", "news.jsonl", "-t", "doccano", "-o", "all.zip", "-q"]);
    assert_eq!((ran.code, folder.names()), (Some(0), vec!["all.zip".to_owned(), "news.jsonl".into()]), "{ran:?}");
    let counted = folder.run(&["stats", "--json", "all.zip"]);
    let json: serde_json::Value = serde_json::from_str(&counted.out).expect("JSON");
    assert_eq!((&json["articles"], &json["annotations"]), (&3.into(), &5.into()), "{counted:?}");
    let again = folder.run(&["convert", "news.jsonl", "-t", "doccano", "-o", "all.zip", "-q"]);
    let there = "annotator: all.zip is there already; --force overwrites it\n";
    assert!(again.code == Some(2) && again.said.ends_with(there), "{again:?}");
    // One that another program packed; what is wrong in it is told by name.
    folder.put("packed.zip", include_bytes!("formats/fixtures/packed.zip"));
    let ran = folder.run(&["convert", "packed.zip", "-t", "jsonl"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 2), "{ran:?}");
    let mut broken = include_bytes!("formats/fixtures/packed.zip").to_vec();
    let deflated = broken.windows(11).position(|name| name == b"notes/a.txt").expect("a file");
    broken[deflated + 20] ^= 0x10;
    folder.put("broken.zip", &broken);
    let ran = folder.run(&["convert", "broken.zip", "-t", "jsonl"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 1), "{ran:?}");
    assert!(ran.said.contains("annotator: broken.zip/notes/a.txt can't be read: it is damaged"), "{ran:?}");
    folder.put("cut.zip", &broken[..200]);
    let ran = folder.run(&["check", "cut.zip"]);
    let why = "annotator: cut.zip can't be read: the archive is cut off, or one of several parts\n";
    assert!(ran.code != Some(0) && ran.said.contains(why), "{ran:?}");
}

#[test]
fn it_works_in_a_pipe() {
    let folder = Folder::new("pipe");
    let ran = folder.run_with(&["convert", "-", "--to", "jsonl", "-q"], "We open at nine.\n");
    let expected = "\"text\":\"We open at nine.\\n\",\"spans\":[],\"relations\":[]";
    assert!(ran.out.contains(expected) && ran.out.ends_with("}\n"), "{ran:?}");
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""));
    let counted = folder.run_with(&["stats", "--json", "-"], PRODIGY);
    let json: serde_json::Value = serde_json::from_str(&counted.out).expect("JSON");
    assert_eq!((&json["articles"], &json["annotations"], &json["links"]), (&3.into(), &5.into(), &2.into()));
    assert_eq!((&json["labels"]["quote"], &json["annotators"]["news-ana"]), (&1.into(), &2.into()));
}

#[test]
fn checking_tells_file_line_and_column_and_ends_as_scripts_need_it() {
    let folder = Folder::new("check");
    folder.put("good.txt", "We open at nine.");
    folder.put("bad.jsonl", include_str!("formats/fixtures/jsonl/datasets.jsonl"));
    folder.put(
        "warned.jsonl",
        "{\"text\":\"We open.\",\"spans\":[{\"start\":4,\"end\":6,\"label\":\"x\",\"text\":\"We\"}]}\n",
    );
    folder.put("broken.json", "{\"format\":\"annotator-project\",");
    folder.put("picture.png", b"\x89PNG\r\n\x1a\n");
    for (arguments, code, said) in [
        (vec!["good.txt"], 0, ""),
        (vec!["warned.jsonl"], 0, "warned.jsonl:1:29: warning: annotation of “We” as “x”: the words at its offsets"),
        (vec!["--strict", "warned.jsonl"], 1, "warned.jsonl:1:29: warning: "),
        (vec!["good.txt", "bad.jsonl"], 1, "bad.jsonl:5:50: error: annotation “s1”: its offsets do not fit"),
        (vec!["good.txt", "picture.png"], 1, "annotator: picture.png can't be read: it looks like a PNG picture"),
        (vec!["picture.png"], 2, "a PNG picture"),
        (vec!["good.txt", "."], 1, "annotator: . is a folder; name its files, as in ./*"),
        (vec!["-"], 2, "<stdin>: error: it is empty\n"),
        (vec!["nothing.json"], 2, "annotator: nothing.json can't be read: "),
        (vec!["-f", "csv", "good.txt"], 2, "good.txt:1:1: error: the first row names no column “label”"),
        (vec!["--read", "unit=inches", "bad.jsonl"], 2, "--read: “unit” can't be “inches”; it is one of: auto, "),
    ] {
        let ran = folder.run(&[vec!["check"], arguments.clone()].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.said.contains(said), "{arguments:?}: {ran:?}");
    }
    let ran = folder.run(&["check", "good.txt", "bad.jsonl"]);
    assert_eq!(
        ran.out,
        "good.txt: Plain text, 1 article, 0 annotations\nbad.jsonl: JSON Lines with spans, 3 articles, 3 annotations, 1 moved, \
         3 set aside\n"
    );
}

#[test]
fn slips_are_told_with_their_place_in_the_article() {
    let folder = Folder::new("slips");
    folder.put(
        "slips.jsonl",
        "{\"text\":\"Ana spoke.\\r\\nThen Ben left.\",\"meta\":{\"title\":\"T\"},\"spans\":[{\"start\":0,\"end\":3,\"label\":\"x\"},\
         {\"start\":17,\"end\":21,\"label\":\"x\"}]}\n",
    );
    let plain = folder.run(&["check", "slips.jsonl"]);
    assert!(!plain.said.contains("white space"), "{plain:?}");
    for (more, code) in [(vec![], 0), (vec!["--strict"], 1)] {
        let ran = folder.run(&[vec!["check", "--quiet", "--lint", "slips.jsonl"], more].concat());
        let said = ran.said.lines().last().unwrap_or_default();
        assert!(said.ends_with(":2:6: warning: “Ben”: it ends with white space"), "{ran:?}");
        assert_eq!(ran.code, Some(code));
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_written_by_half() {
    let folder = Folder::new("careful");
    folder.put("news.jsonl", PRODIGY);
    folder.put("all.json", "mine");
    let ran = folder.run(&["convert", "news.jsonl", "-o", "all.json"]);
    assert_eq!((ran.code, folder.get("all.json").as_str()), (Some(2), "mine"), "{ran:?}");
    assert!(ran.said.ends_with("annotator: all.json is there already; --force overwrites it\n"), "{ran:?}");
    assert_eq!(folder.run(&["convert", "news.jsonl", "-o", "all.json", "--force"]).code, Some(0));
    let ran = folder.run(&["convert", "news.jsonl", "-t", "doccano"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.said.contains("these are 3 files (news.a1.jsonl, "), "{ran:?}");
    let ran = folder.run(&["convert", "all.json", "-t", "csv", "--strict"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
    let ran = folder.run(&["convert", "all.json"]);
    assert!(ran.code == Some(2) && ran.said.contains("not said which format to write"), "{ran:?}");
    assert_eq!(folder.names(), ["all.json", "news.jsonl"]);
    let ran = folder.run(&["convert", "news.jsonl", "-o", "none/all.json"]);
    let why = "annotator: none/all.json can't be written: there is no folder none; make it first\n";
    assert!(ran.code == Some(2) && ran.said.ends_with(why), "{ran:?}");
    // Of several files the last can't be written: none is, and nothing is left over.
    let long = format!("{}.x.jsonl", "n".repeat(240));
    let ran = folder.run(&["convert", "news.jsonl", "-t", "doccano", "-o", &long]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(folder.names(), ["all.json", "news.jsonl"]);
}

#[cfg(unix)]
#[test]
fn what_is_overwritten_stays_until_the_new_is_complete() {
    let folder = Folder::new("in-place");
    folder.put("news.jsonl", PRODIGY);
    assert_eq!(folder.run(&["convert", "news.jsonl", "-o", "work.json"]).code, Some(0));
    let before = folder.get("work.json");
    std::os::unix::fs::symlink("work.json", folder.0.join("link.json")).expect("a link");
    // There is no room for the new one.
    let limited = format!(
        "ulimit -f 1; trap '' XFSZ; {} convert work.json -o work.json --force",
        env!("CARGO_BIN_EXE_annotator")
    );
    let ran = Command::new("sh").args(["-c", &limited]).current_dir(&folder.0).output().expect("runs");
    assert_eq!((ran.status.code(), folder.get("work.json") == before), (Some(2), true), "{ran:?}");
    // A link leads to what is new, and what is no file needs no force.
    assert_eq!(folder.run(&["convert", "work.json", "-o", "link.json", "--force"]).code, Some(0));
    assert!(folder.0.join("link.json").is_symlink());
    assert_eq!(folder.run(&["convert", "work.json", "-t", "jsonl", "-o", "/dev/null"]).code, Some(0));
    assert_eq!(folder.names(), ["link.json", "news.jsonl", "work.json"]);
}

#[test]
fn bytes_of_older_programs_are_read() {
    let folder = Folder::new("encodings");
    folder.put("latin.txt", b"caf\xe9 \x93open\x94");
    let wide: Vec<u8> = "\u{feff}caf\u{e9} \u{1f44d}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.put("wide.txt", wide);
    let ran = folder.run(&["convert", "latin.txt", "wide.txt", "-t", "project"]);
    assert!(ran.out.contains("\"café “open”\"") && ran.out.contains("\"café 👍\""), "{ran:?}");
    assert!(ran.out.contains("\"encoding\": \"windows-1252\"") && ran.out.contains("\"encoding\": \"UTF-16LE\""));
}

#[test]
fn the_program_describes_itself() {
    let folder = Folder::new("itself");
    for (arguments, expected) in [
        (vec!["formats"], "--set relations=…"),
        (vec!["formats", "csv"], "semicolon: a semicolon"),
        (vec!["formats", "report"], "only written; .html"),
        (vec!["schema"], "\"$schema\""),
        (vec!["completions", "bash"], "complete -F _annotator"),
        (vec!["completions", "fish"], "complete -c annotator"),
        (vec!["man"], ".TH annotator-convert 1"),
        (vec!["--help"], "Exit status:"),
        (vec!["convert", "--help"], "--strict"),
        (vec!["--version"], env!("CARGO_PKG_VERSION")),
    ] {
        let ran = folder.run(&arguments);
        assert!(ran.code == Some(0) && ran.out.contains(expected), "{arguments:?}: {ran:?}");
    }
    assert_eq!(folder.run(&[]).code, Some(2));
    assert_eq!(folder.run(&["convert"]).code, Some(2));
}

//! Files that are cut off, broken or not ours at all.

use crate::make::*;
use annotator::formats::project::{self, ReadError};
use annotator::formats::{self, Place, Reading, Severity};
use annotator::model::Workspace;
use std::collections::BTreeSet;

/// Every annotation of a reading is one of the whole file's, quotation and all.
fn check_subset(part: &Reading, whole: &Reading) {
    for (key, annotations) in &part.sheets {
        let (_, all) = whole.sheets.iter().find(|(known, _)| known == key).expect("a sheet of the file");
        let article = |reading: &Reading| reading.articles.iter().find(|a| a.id == key.article).cloned();
        let (here, there) = (article(part).expect("its article"), article(whole).expect("its article"));
        assert_eq!(here, there);
        for annotation in annotations {
            assert!(all.contains(annotation), "{annotation:?}");
            assert_eq!(here.text.slice(annotation.span), there.text.slice(annotation.span));
        }
    }
    assert!(part.articles.iter().all(|article| whole.articles.contains(article)));
    assert_eq!(part.counts.moved, 0);
}

#[test]
fn a_file_cut_at_any_byte_gives_what_stands_before() {
    let file = export(&small());
    let whole = read(&file);
    let format_end = file.find(',').expect("a comma") - 1;
    let mut kept = BTreeSet::new();
    // Without its last line feed it is still whole, so the last cut is before the last brace.
    for cut in (0..file.len() - 1).filter(|&cut| file.is_char_boundary(cut)) {
        match project::read(&file[..cut]) {
            Err(ReadError::NotJson { place, .. }) => {
                assert!(cut <= format_end, "cut at {cut}: the format is known by then");
                assert!(place.line <= 2);
            }
            Err(other) => panic!("cut at {cut}: {other}"),
            Ok(reading) => {
                let end = file[..cut].rsplit('\n').next().unwrap_or_default();
                let line = file[..cut].matches('\n').count() as u32 + 1;
                let place = Place { line, column: end.chars().count() as u32 + 1 };
                assert_eq!(reading.issues[0].severity, Severity::Error);
                // The damage is told of where the text that was cut begins, or where the file ends.
                assert!(reading.issues[0].place.is_some_and(|told| told <= place), "{:?}", words(&reading));
                check_subset(&reading, &whole);
                kept.insert((reading.articles.len(), reading.counts.kept));
            }
        }
    }
    assert_eq!(kept.into_iter().collect::<Vec<_>>(), [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (2, 3), (2, 4), (2, 5)]);
}

#[test]
fn a_file_broken_at_any_byte_never_stops_the_program() {
    let file = export(&small());
    let breaks = [b'"', b'}', b'0', b',', b'\\', 0, b' ', b']'];
    for (at, broken) in (0..file.len()).zip(breaks.into_iter().cycle()) {
        let mut bytes = file.clone().into_bytes();
        bytes[at] = broken;
        let source = String::from_utf8_lossy(&bytes);
        let Ok(reading) = project::read(&source) else { continue };
        for (key, annotations) in &reading.sheets {
            let article = reading.articles.iter().find(|a| a.id == key.article).expect("its article");
            for annotation in annotations {
                assert!(!annotation.span.is_empty() && annotation.span.end() <= article.text.len());
            }
        }
        let plan = formats::plan(&reading, &Workspace::default(), &writer(), &moment(1));
        export(&apply(&plan, &Workspace::default()));
    }
}

#[test]
fn damage_in_the_middle_is_told_of_with_its_place() {
    let file = export(&small());
    let broken = file.replacen("\"a-w-00005\",", "\"a-w-00005\" ", 1);
    assert_ne!(file, broken);
    let reading = read(&broken);
    assert_eq!(reading.counts.kept, 2);
    let line = file[..file.find("\"id\":\"a-w-00005\"").expect("it is there")].matches('\n').count() + 1;
    let told = words(&reading);
    assert!(told[0].starts_with(&format!("line {line}, column ")), "{told:?}");
    assert!(told[0].contains("expected a comma or a closing brace"), "{told:?}");
}

#[test]
fn what_follows_the_end_is_told_of() {
    let file = export(&small()) + "{}";
    let reading = read(&file);
    assert_eq!((reading.counts.kept, reading.issues.len()), (5, 1));
    assert!(words(&reading)[0].contains("expected the end of the file"), "{:?}", words(&reading));
}

#[test]
fn what_is_not_ours_is_told_by_its_looks() {
    for (source, expected) in [
        ("{}", "found an object without fields"),
        ("[]", "found a list"),
        ("null", "found null"),
        ("3", "found a number"),
        ("\"text\"", "found text"),
        (r#"{"format":"other-project"}"#, "found “other-project” there"),
        (r#"{"format":["annotator-project"]}"#, "found a list there"),
        (r#"{"id":1,"text":"x","label":[]}"#, "found an object with the fields “id”, “text”, “label”"),
        ("", "looks like an empty file (line 1, column 1"),
        (" \n", "looks like an empty file"),
        ("\u{fffd}PNG\r\n\u{1a}\n\0\0\0\rIHDR", "looks like a PNG image"),
        ("PK\u{3}\u{4}\u{14}\0", "looks like a file that is no text"),
        ("%PDF-1.7", "looks like a PDF"),
        ("<!DOCTYPE html><html>", "looks like a web page"),
        ("<?xml version=\"1.0\"?>", "looks like XML"),
        ("The mayor said no.", "looks like plain text (line 1, column 1: expected a value)"),
        ("{\"id\":1}\n{\"id\":2}\n", "looks like a damaged or cut off JSON file (line 2, column 1: expected the end"),
        ("{\"format\" \"annotator-project\"}", "line 1, column 11: expected a colon"),
        (&"[".repeat(100_000), "looks like a damaged or cut off JSON file"),
        (&("[".repeat(100_000) + &"]".repeat(100_000)), "found a list"),
        (&"{\"a\":".repeat(100_000), "looks like a damaged or cut off JSON file"),
    ] {
        let error = project::read(source).expect_err("no project file");
        let start: String = source.chars().take(40).collect();
        assert!(error.to_string().contains(expected), "{start}: {error}");
    }
}

#[test]
fn deep_nesting_in_unknown_places_is_left_out_and_told_of() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let file = export(&small()).replacen("\"weight\":0.5", &format!("\"weight\":{deep}"), 1);
    let reading = read(&file);
    assert_eq!(reading.counts.kept, 5);
    assert!(words(&reading)[0].contains("the unknown field “weight”"), "{:?}", words(&reading));
    let file = export(&small()).replacen("\"generator\": ", &format!("\"new\": {deep}, \"generator\": "), 1);
    assert_eq!((read(&file).counts.kept, read(&file).issues.len()), (5, 1));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let reading = read(&format!("\u{feff}{}", export(&small())));
    assert_eq!((reading.counts.kept, reading.issues.len()), (5, 0));
}

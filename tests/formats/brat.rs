//! brat standoff: files made by hand after its documentation, what damage does to them, and interrupted annotations.

use crate::drawn::{annotations, issues};
use crate::law::check_law;
use crate::make::{add, add_article, article, mark};
use crate::shown::{read, try_read, written, written_of};
use annotator::formats::brat::FORMAT;
use annotator::formats::file::InFile;
use annotator::model::*;
use proptest::prelude::*;

const TEXT: &str = include_str!("fixtures/brat/hearing.txt");
const ANN: &str = include_str!("fixtures/brat/hearing.ann");
const DAMAGED: &str = include_str!("fixtures/brat/damaged.ann");

fn files(ann: &str) -> Vec<InFile> {
    vec![InFile::new("c/hearing.txt", TEXT), InFile::new("c/hearing.ann", ann), InFile::new("c/annotation.conf", "")]
}

#[test]
fn every_statement_is_understood() {
    let reading = read(&files(ANN), &Workspace::default());
    assert_eq!(issues(&reading), Vec::<String>::new());
    let expected = [
        r#"A1 entity: Ann Osei | {"brat":{"id":"T1"}}"#,
        concat!(
            "A1 quote: “will not raise\nfares” | speaker → Ann Osei",
            r#"{"brat":{"notes":[["Origin","by ear"]]}} | form = direct | note C:\new, so it stands | {"brat":{"id":"T2"}}"#,
        ),
        concat!(
            r#"A1 Denial: denied | Denier → The harbour board{"brat":{"event":"E1"}} | Topic → the plan{"brat":{"event":"E1"}}"#,
            " | Speculation = true | note two\nlines | ",
            r#"{"brat":{"id":"T3","events":["E1"]}}"#,
        ),
        r#"A1 Denial: repeated | continues → denied{"fragment":true}"#,
        concat!(
            r#"A1 entity: The harbour board | Part-of → Ann Osei{"brat":{"roles":["Whole","Part"]}}"#,
            r#" | Equiv → the plan{"brat":{"both-ways":true}} | colour = pale blue | proposed"#,
            r#" | {"brat":{"id":"T4","references":[["Reference","Register:H7","Harbour Board"]]}}"#,
        ),
        r#"A1 Named plan: the plan | Negation = true | {"brat":{"id":"T5"}}"#,
    ];
    assert_eq!(annotations(&reading), expected);
}

#[test]
fn what_came_with_a_file_goes_back_into_it() {
    let files = written(&FORMAT, &read(&files(ANN), &Workspace::default()), &[]);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["work.txt", "work.ann", "annotation.conf"]);
    assert_eq!(files[0].1, TEXT);
    let content = |ann: &str| {
        // All but numbers that nothing refers to, in any order.
        let plain = |line: &str| match line.chars().next() {
            Some('A' | 'M' | 'N' | '#') => line.split_once('\t').map_or(line, |(_, rest)| rest).to_owned(),
            _ => line.to_owned(),
        };
        let mut lines: Vec<_> = ann.lines().map(plain).collect();
        lines.sort();
        lines
    };
    let relations = |ann: &str| ann.replace("R2\t", "R\t").replace("R1\t", "R\t");
    let (found, expected) = (relations(&files[1].1), relations(ANN).replace("#3\tOrigin R1", "#3\tOrigin R2"));
    assert_eq!(content(&found), content(&expected));
    check_settings(&files[2].1);
}

/// What the settings must name of the sample.
fn check_settings(conf: &str) {
    for line in [
        "Named_x0020_plan",
        "speaker\tArg1:<ENTITY>, Arg2:<ENTITY>",
        "Part-of\tWhole:<ENTITY>, Part:<ENTITY>",
        "Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive",
        "Denial\tDenier*:<ENTITY>, Topic*:<ENTITY>",
        "Negation\tArg:<ANY>",
        "form\tArg:<ANY>, Value:direct|indirect|mixed",
        "colour\tArg:<ANY>, Value:pale_x0020_blue",
    ] {
        assert!(conf.lines().any(|known| known == line), "{line} is not in\n{conf}");
    }
}

#[test]
fn damage_is_said_where_it_is_and_costs_no_more_than_it_must() {
    let reading = read(&files(DAMAGED), &Workspace::default());
    assert_eq!(annotations(&reading).len(), 2, "{:?}", annotations(&reading));
    let expected = [
        "line 2, column 1: “T1” is there twice; what is said of it was taken for the first",
        "line 3, column 10: “T2\tentity 4 x\tFer”: expected offsets such as 9 13 or 9 13;15 20; it was set aside",
        "line 4, column 1: annotation “T3”: neither its offsets fit nor does the text have the words of its quotation; \
         it was set aside",
        "line 5, column 1: “just words”: expected an id and a tab; the line was passed over",
        "line 6, column 1: “R1”: its link “speaker” was left out: there is no annotation “T9”",
        "line 7, column 4: “R2\tspeaker T1 T1”: expected two arguments such as Arg1:T1 Arg2:T2; the line was passed over",
        "line 8, column 1: event “E1”: there is no trigger “T8”; it was left out",
        "line 9, column 1: event “E2”: it is of type “Say”, its trigger of “entity”; the trigger's was taken",
        "line 10, column 1: “A1”: there is no “T7” that it could be about; it was left out",
        "line 12, column 1: annotation “T1”: its attribute “form” is there twice; the first one was taken",
    ];
    assert_eq!(issues(&reading), expected);
}

#[test]
fn without_its_text_a_file_says_what_is_missing() {
    let alone = [InFile::new("c/hearing.ann", ANN)];
    let why = try_read(&alone, &Workspace::default(), &[]).expect_err("no text");
    assert_eq!(why, "its text is missing; open “hearing.txt” together with it");
}

/// Annotations on a short text, some of which say that they continue another.
fn pieces() -> impl Strategy<Value = Workspace> {
    let piece = (0u32..40, 1u32..9, any::<bool>(), 0u8..12, any::<prop::sample::Index>(), any::<bool>());
    prop::collection::vec(piece, 1..9).prop_map(|pieces| {
        let mut workspace = Workspace::default();
        add_article(
            &mut workspace,
            article("t-w-00001", "One two, three.\r\n\tFour five\u{1c}six — and seven 👍 eight."),
        );
        let mut added: Vec<Annotation> = Vec::new();
        for (number, (start, len, is_quote, said, to, goes_on)) in pieces.into_iter().enumerate() {
            let label = if is_quote { "quote" } else { "claim" };
            let mut piece = mark(&format!("a-w-{number:05}"), label, start, start + len);
            if added.iter().any(|other| (&other.label, other.span) == (&piece.label, piece.span)) {
                continue;
            }
            match said {
                0 => piece.note = "a note".into(),
                1 => piece.status = Status::Proposed,
                2 => piece.attributes.insert(AttributeId::new("Status"), "proposed".into()),
                _ => {}
            }
            if !added.is_empty() && (goes_on || said == 3) {
                let (kind, extra) = if goes_on { ("continues", r#"{"fragment":true}"#) } else { ("Fragment", "") };
                let to = to.get(&added).id.clone();
                piece.links.push(Link { kind: LinkTypeId::new(kind), to, extra: Extra::new(extra) });
            }
            added.push(piece);
        }
        added.into_iter().for_each(|piece| add(&mut workspace, "t-w-00001", "A1", piece));
        workspace
    })
}

#[test]
fn pieces_that_are_one_are_written_as_one() {
    let mut workspace = Workspace::default();
    add_article(&mut workspace, article("t-w-00001", "“We open,” she said, “at\nnine.”"));
    add(&mut workspace, "t-w-00001", "A1", mark("a-w-00001", "quote", 0, 10));
    let mut rest = mark("a-w-00002", "quote", 21, 31);
    let to = AnnotationId::new("a-w-00001");
    rest.links.push(Link { kind: LinkTypeId::new("continues"), to, extra: Extra::new(r#"{"fragment":true}"#) });
    add(&mut workspace, "t-w-00001", "A1", rest);
    assert_eq!(written_of(&FORMAT, &workspace, &[])[1].1, "T1\tquote 0 10;21 24;25 31\t“We open,” “at nine.”\n");
}

proptest! {
    #[test]
    fn interrupted_annotations_come_back(workspace in pieces()) {
        check_law(&FORMAT, &[], &workspace);
    }

    #[test]
    fn no_line_is_too_strange(lines in prop::collection::vec("[TREAMN#*][0-9]{0,2}\t(quote|Arg1:T1|T1|[0-9 ;]{1,6}| |é|\t){0,6}", 0..12)) {
        read(&files(&lines.join("\n")), &Workspace::default());
    }
}

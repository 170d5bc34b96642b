//! Tests of the desk: several files as one change, and every format that is written.

use super::*;
use crate::exchange::ask::Order;
use crate::model::change;

const JSONL: &str = r#"{"text":"Mayor Ana Ruiz spoke.","spans":[{"start":0,"end":14,"label":"entity"}]}"#;

fn arrive(files: &[(&str, &str)]) -> Vec<Arrival> {
    let arrival = |(place, &(name, text)): (usize, &(&str, &str))| Arrival {
        name: name.to_owned(),
        place: Some(place as u32),
        file: Ok(InFile::new(name, text)),
    };
    files.iter().enumerate().map(arrival).collect()
}

fn ask(desk: &mut Desk, ask: Ask, files: Vec<Arrival>) -> Answer {
    let asked = Asked { here: None, now: Timestamp::unknown(), ask };
    desk.answer(asked, files, "annotator 0", &|_| {})
}

fn read(here: &Workspace, files: Vec<Arrival>) -> Intake {
    let mut desk = Desk { here: here.clone() };
    match ask(&mut desk, Ask::Read(WriterId::new("jbqacsve")), files) {
        Answer::Read(intake) => intake,
        other => panic!("{other:?}"),
    }
}

/// What is here after an import, each change held against what is here before, as the machine does.
fn import(here: &Workspace, intake: &Intake) -> Workspace {
    let plan = intake.plan.as_ref().expect("a plan");
    assert!(plan.changes.iter().all(|change| change.fits(here)), "{:?}", plan.changes);
    assert!(change::fit(&plan.changes, here));
    let mut after = here.clone();
    after.apply_all(&plan.changes);
    after.next_id = plan.next_id;
    after
}

fn order(format: &str) -> Order {
    Order { format: format.into(), article: None, settings: Vec::new() }
}

#[test]
fn files_of_several_formats_come_in_as_one_change() {
    let csv_of = |here: &Workspace| match ask(&mut Desk { here: here.clone() }, Ask::Write(order("csv")), Vec::new()) {
        Answer::File(_, bytes) => String::from_utf8(bytes).expect("UTF-8"),
        other => panic!("{other:?}"),
    };
    let first = import(&Workspace::default(), &read(&Workspace::default(), arrive(&[("a.jsonl", JSONL)])));
    let table = csv_of(&first).replace("entity", "person");
    let files =
        [("table.csv", table.as_str()), ("notes.txt", "Plain words."), ("a.jsonl", JSONL), ("a.png", "\u{89}PNG\0")];
    let intake = read(&Workspace::default(), arrive(&files));
    assert_eq!(intake.found.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["a.jsonl", "table.csv"]);
    assert_eq!(intake.plain, [1]);
    assert_eq!(intake.refused, [("a.png".to_owned(), UNKNOWN.to_owned())]);
    let plan = intake.plan.as_ref().expect("a plan");
    assert!(
        plan.issues
            .iter()
            .all(|issue| ["“a.jsonl”: ", "“table.csv”: "].iter().any(|name| issue.message.starts_with(name)))
    );
    let after = import(&Workspace::default(), &intake);
    assert_eq!(after.article_count(), 1);
    let annotations: usize = after.all_sheets().map(|(_, sheet)| sheet.len()).sum();
    assert_eq!((annotations, plan.summary.annotations_added), (2, 2));
}

#[test]
fn the_same_file_twice_adds_nothing_twice() {
    let here = Workspace::default();
    let once = import(&here, &read(&here, arrive(&[("a.jsonl", JSONL)])));
    let twice = import(&here, &read(&here, arrive(&[("a.jsonl", JSONL), ("a.jsonl", JSONL)])));
    assert_eq!(once.all_sheets().collect::<Vec<_>>(), twice.all_sheets().collect::<Vec<_>>());
    // Under another name it is somebody else's, who agrees.
    let both = import(&here, &read(&here, arrive(&[("a.jsonl", JSONL), ("b.jsonl", JSONL)])));
    let sheets: Vec<_> = both.all_sheets().map(|(key, sheet)| (key.annotator.as_str(), sheet.len())).collect();
    assert_eq!(sheets, [("A1", 1), ("jsonl", 1)]);
    let again = read(&once, arrive(&[("a.jsonl", JSONL)]));
    assert_eq!(again.plan.expect("a plan").changes, []);
}

#[test]
fn what_can_t_be_read_is_told_and_stops_nothing() {
    let mut files = arrive(&[("a.json", "No JSON."), ("b.jsonl", JSONL)]);
    files.push(Arrival { name: "c.csv".into(), place: Some(2), file: Err("it is gone".into()) });
    let intake = read(&Workspace::default(), files);
    let refused: Vec<_> = intake.refused.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(refused, ["c.csv", "a.json"]);
    assert_eq!(intake.found.len(), 1);
    assert_eq!(read(&Workspace::default(), Vec::new()), Intake::default());
}

#[test]
fn every_format_is_offered_looked_at_and_written() {
    let here = import(&Workspace::default(), &read(&Workspace::default(), arrive(&[("a.jsonl", JSONL)])));
    let mut desk = Desk { here: here.clone() };
    let Answer::Offers(offers) = ask(&mut desk, Ask::Offers, Vec::new()) else { panic!("offers") };
    assert_eq!(offers.first().map(|offer| offer.id.as_str()), Some("project"));
    for offer in &offers {
        let values =
            offer.settings.iter().flat_map(|setting| setting.values.iter().map(|(value, _)| (&setting.id, value)));
        let settings = std::iter::once(Vec::new())
            .chain(values.map(|(id, value)| vec![(id.as_str().into(), value.as_str().into())]));
        for settings in settings {
            let article = here.articles().first().map(|article| article.id.clone());
            for article in [None, article] {
                let order = Order { format: offer.id.as_str().into(), article, settings: settings.clone() };
                let Answer::Look(look) = ask(&mut desk, Ask::Look(order.clone()), Vec::new()) else { panic!("a look") };
                let Answer::File(name, bytes) = ask(&mut desk, Ask::Write(order.clone()), Vec::new()) else {
                    panic!("a file of {order:?}")
                };
                match look.files.as_slice() {
                    [(only, size)] => assert_eq!((only, *size), (&name, bytes.len() as u64)),
                    _ => assert!(name.ends_with(".zip") && bytes.starts_with(b"PK"), "{name}"),
                }
                assert!(!look.head.is_empty());
            }
        }
    }
    assert!(matches!(ask(&mut desk, Ask::Look(order("none")), Vec::new()), Answer::Refused(_)));
}

#[test]
fn a_text_in_an_archive_comes_with_the_rest() {
    let mut files = arrive(&[("notes.txt", "Plain words."), ("a.jsonl", JSONL)]);
    files.iter_mut().for_each(|file| file.place = None);
    let intake = read(&Workspace::default(), files);
    assert_eq!((intake.plain.len(), intake.found.len()), (0, 2));
    assert_eq!(import(&Workspace::default(), &intake).article_count(), 2);
}

#[test]
fn one_article_is_all_that_is_on_it_and_nothing_else() {
    let other = JSONL.replace("Mayor Ana Ruiz", "Minister Bo Li");
    let here = Workspace::default();
    let here = import(&here, &read(&here, arrive(&[("a.jsonl", JSONL), ("b.jsonl", &other)])));
    let article = here.articles()[1].clone();
    let one = only(&here, &article.id);
    assert_eq!((one.articles(), one.scheme(), one.annotator()), (vec![&article], here.scheme(), here.annotator()));
    assert_eq!(one.sheets_of(&article.id).collect::<Vec<_>>(), here.sheets_of(&article.id).collect::<Vec<_>>());
}

#[test]
fn the_head_of_a_file_fits_a_page() {
    assert_eq!(head("\u{feff}a\nb"), "a\nb\n");
    let long = head(&"é".repeat(HEAD_WIDTH + 1));
    assert_eq!(long.chars().count(), HEAD_WIDTH + 2);
    assert_eq!(head(&"a\n".repeat(HEAD_LINES + 1)).lines().count(), HEAD_LINES + 1);
}

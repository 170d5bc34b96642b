//! What is found, as drawn text; and that no fix does harm.

use super::*;
use crate::model::{LabelId, Timestamp};
use crate::text::Offset;
use crate::text::drawn::{draw_span, text_and_span};
use proptest::prelude::*;
use std::rc::Rc;

fn annotation(id: &str, label: &str, span: Span) -> Annotation {
    Annotation::new(AnnotationId::new(id), LabelId::new(label), span, Timestamp::unknown())
}

fn sheet(annotations: Vec<Annotation>) -> Sheet {
    let mut sheet = Sheet::default();
    annotations.into_iter().for_each(|annotation| sheet.insert(Rc::new(annotation)));
    sheet
}

/// What is found about the one annotation of a drawing by a rule: the message, and the drawing after the fix.
fn check(rule: Rule, cases: &[(&str, &str, &str)]) {
    for (drawing, message, fixed) in cases {
        let (text, span) = text_and_span(drawing);
        let findings = lint(&text, &sheet(vec![annotation("a", "quote", span)]));
        let found = findings.iter().find(|finding| finding.rule == rule);
        assert_eq!(found.map_or("", |finding| &finding.message), *message, "{drawing}: {findings:?}");
        let after = found.and_then(|finding| finding.fix).map_or(String::new(), |fix| match fix {
            Fix::Span(span) => draw_span(&text, span),
            Fix::Remove => "removed".to_owned(),
        });
        assert_eq!(after, *fixed, "{drawing}");
    }
}

#[test]
fn white_space_at_an_edge_is_found() {
    check(
        Rule::Space,
        &[
            ("We [open ]at nine", "it ends with white space", "We [open] at nine"),
            ("We[ open\n] at", "it begins and ends with white space", "We [open]\n at"),
            ("We[\u{a0}open] at", "it begins with white space", "We\u{a0}[open] at"),
            ("We[ ]open", "it covers nothing but white space", ""),
            ("We [open] at", "", ""),
        ],
    );
}

#[test]
fn lone_punctuation_at_an_edge_is_found() {
    check(
        Rule::Punctuation,
        &[
            ("said [Zoë Ng,] who", "it ends with “,”", "said [Zoë Ng], who"),
            ("said[, Zoë Ng (]who", "it begins with “,” and ends with “(”", "said, [Zoë Ng] (who"),
            ("nine[ – but]", "it begins with “–”", "nine – [but]"),
            ("It is so[; .] And", "it covers nothing but punctuation", ""),
            // What belongs to the words stays.
            ("[It costs $3.60 a meal.] And", "", ""),
            ("[-5 degrees]", "", ""),
            ("[.5 per cent]", "", ""),
            ("[Who said so?] asked", "", ""),
            ("“[We open,]” she said", "it ends with “,”", "“[We open],” she said"),
            ("[“We open,”] she said", "", ""),
            ("[👍] she said", "", ""),
        ],
    );
}

#[test]
fn cuts_are_found() {
    check(
        Rule::Word,
        &[
            ("free l[unch pi]lot", "it cuts the words “lunch” and “pilot”", "free [lunch pilot]"),
            ("the lunch[es] are", "it cuts the word “lunches”", "the [lunches] are"),
            ("cost [41].5 million", "it cuts the word “41.5”", "cost [41.5] million"),
            ("[Ito]'s and l’[Europe]’s", "", ""),
            ("[2031]-03-14", "", ""),
            ("北[京]", "", ""),
        ],
    );
    check(
        Rule::Character,
        &[
            ("x👍[🏽] y", "it cuts a character that is made of several code points", "x[👍🏽] y"),
            ("[cafe]\u{301}", "it cuts a character that is made of several code points", "[cafe\u{301}]"),
            ("[café]", "", ""),
        ],
    );
}

#[test]
fn quotation_marks_without_their_partners_are_found() {
    const ODD: &str = "one of its quotation marks has no partner in it";
    check(
        Rule::Marks,
        &[
            ("[“We open,]” she said", ODD, "[“We open,”] she said"),
            ("“[We open,”] she said", ODD, "[“We open,”] she said"),
            ("\"[We open,\"] she said", ODD, "[\"We open,\"] she said"),
            ("she said [“]We", ODD, ""),
            ("[she said “]We open", ODD, "[she said ]“We open"),
            ("so.[” She left]", ODD, "so.”[ She left]"),
            ("she said[ \"so \"]We\"", "", ""),
            ("[„Nein]“, sagte", ODD, "[„Nein“], sagte"),
            ("[« Non]» dit", ODD, "[« Non»] dit"),
            ("[「いいえ]」と", ODD, "[「いいえ」]と"),
            ("[“We open] at nine”", ODD, ""),
            ("[“We open\"] at nine", ODD, ""),
            ("[“We open.\n“We close.”]", "", ""),
            ("[“We open,” she said] so", "", ""),
            ("[don't] so", "", ""),
        ],
    );
}

#[test]
fn doubles_are_found_and_the_one_that_says_more_stays() {
    let text = Text::new("said Zoë Ng, who");
    let span = |start, end| Span::between(Offset::new(start), Offset::new(end));
    let mut noted = annotation("b", "entity", span(4, 12));
    noted.note = "So?".into();
    let all = sheet(vec![
        annotation("a", "entity", span(5, 11)),
        noted,
        annotation("c", "quote", span(5, 11)),
        annotation("d", "entity", span(5, 12)),
    ]);
    let found: Vec<_> = lint(&text, &all).into_iter().filter(|finding| finding.rule == Rule::Double).collect();
    let ids: Vec<_> = found.iter().map(|finding| (finding.annotation.as_str(), finding.fix)).collect();
    assert_eq!(ids, [("a", Some(Fix::Remove)), ("d", Some(Fix::Remove))]);
    assert_eq!(found[0].places, [span(4, 12), span(5, 12)]);
    // No fix makes a double of another annotation.
    assert!(lint(&text, &all).iter().all(|finding| finding.fix != Some(Fix::Span(span(5, 11)))));
}

#[test]
fn the_same_words_without_the_label_are_found() {
    let text = Text::new("Ito said so. Ito left. Itos came, “Ito” too, and Ito Ray.");
    let span = |start, end| Span::between(Offset::new(start), Offset::new(end));
    let all = sheet(vec![
        annotation("a", "entity", span(0, 3)),
        annotation("b", "claim", span(13, 21)),
        annotation("c", "entity", span(49, 56)),
    ]);
    let found: Vec<_> = lint(&text, &all).into_iter().filter(|finding| finding.rule == Rule::Places).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].message, "“Ito” stands in 2 other places without this label");
    assert_eq!((found[0].annotation.as_str(), &found[0].places[..]), ("a", &[span(13, 16), span(35, 38)][..]));
}

/// The same, one annotation after the other and one place after the other.
fn plain_places(text: &Text, sheet: &Sheet) -> Vec<(AnnotationId, Vec<Span>)> {
    let mut found = Vec::new();
    let mut seen: Vec<(LabelId, String)> = Vec::new();
    let cuts: Vec<usize> =
        crate::text::word::pieces(text.as_str()).map(|(at, _)| at).chain([text.as_str().len()]).collect();
    let is_cut = |at: Offset| cuts.contains(&text.byte(at).index());
    for annotation in sheet.iter() {
        let words = text.slice(annotation.span);
        let key = (annotation.label.clone(), words.to_owned());
        if seen.contains(&key) || !words.chars().any(char::is_alphanumeric) || words.contains(['\n', '\r']) {
            continue;
        }
        seen.push(key);
        if !is_cut(annotation.span.start()) || !is_cut(annotation.span.end()) {
            continue;
        }
        let spans =
            (0..text.len().get()).map(|at| Span::between(Offset::new(at), Offset::new(at).plus(annotation.span.len())));
        let spans = spans.filter(|span| span.end() <= text.len() && text.slice(*span) == words);
        let spans = spans.filter(|span| is_cut(span.start()) && is_cut(span.end()));
        let bare =
            |span: &Span| sheet.iter().all(|other| other.label != annotation.label || !other.span.overlaps(*span));
        let places: Vec<_> = spans.filter(bare).collect();
        if !places.is_empty() {
            found.push((annotation.id.clone(), places));
        }
    }
    found
}

fn any_sheet() -> impl Strategy<Value = (Text, Sheet)> {
    let piece = prop::sample::select(vec![
        "Ito", "l'un", "41.5", " ", ", ", "“", "”", "\"", "«", "»", "(", ")", ".", "\r\n", "\n", "👍🏽", "e\u{301}", "–",
        "北京", "\u{a0}", "-",
    ]);
    let text = prop::collection::vec(piece, 1..30).prop_map(|pieces| pieces.concat());
    let place = (any::<prop::sample::Index>(), 1u32..9, any::<bool>());
    (text, prop::collection::vec(place, 0..8)).prop_map(|(text, places)| {
        let text = Text::new(text);
        let mut sheet = Sheet::default();
        for (number, (at, len, is_quote)) in places.into_iter().enumerate() {
            let start = Offset::from_usize(at.index(text.len().index()));
            let span = Span::between(start, start.plus(len).min(text.len()));
            let label = if is_quote { "quote" } else { "entity" };
            if sheet.twin(&LabelId::new(label), span).is_none() {
                sheet.insert(Rc::new(annotation(&format!("a{number}"), label, span)));
            }
        }
        (text, sheet)
    })
}

proptest! {
    #[test]
    fn a_fix_does_no_harm_and_is_made_once((text, sheet) in any_sheet()) {
        for finding in lint(&text, &sheet) {
            let before = sheet.get(&finding.annotation).expect("an annotation of the sheet");
            let mut after = sheet.clone();
            match finding.fix {
                None => continue,
                Some(Fix::Remove) => {
                    after.remove(&before.id);
                }
                Some(Fix::Span(span)) => {
                    prop_assert!(!span.is_empty() && span.end() <= text.len() && span != before.span, "{:?}", finding);
                    prop_assert!(sheet.twin(&before.label, span).is_none(), "{:?}", finding);
                    after.insert(Rc::new(Annotation { span, ..(**before).clone() }));
                }
            }
            let again = lint(&text, &after);
            let left = again.iter().find(|other| other.annotation == before.id && other.rule == finding.rule && other.fix.is_some());
            prop_assert_eq!(left, None, "after {:?} in {:?}", finding, text.as_str());
        }
    }

    #[test]
    fn places_are_those_of_a_plain_search((text, sheet) in any_sheet()) {
        let mut found: Vec<_> =
            lint(&text, &sheet).into_iter().filter(|it| it.rule == Rule::Places).map(|it| (it.annotation, it.places)).collect();
        let mut expected = plain_places(&text, &sheet);
        found.sort_by(|one, other| one.0.cmp(&other.0));
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        prop_assert_eq!(found, expected);
    }
}

//! What the lists show: pure selectors over the state.

use crate::formats::{Issue, Plan, Severity};
use crate::model::sheet::text_order;
use crate::model::{
    Annotation, AnnotationId, AnnotatorCode, Article, AttributeId, Label, LabelScheme, Origin, Sheet, ValueKind,
};
use crate::state::{Filter, State};
use crate::text::{Span, Text, snap, wire};
use crate::words;
use std::ops::Range;
use std::rc::Rc;

/// Gives a text in small letters. A parameter, since the tables for it stand in every browser already.
pub type Fold<'a> = &'a dyn Fn(&str) -> String;

/// Stands between the annotations while all of them are folded at once.
const BETWEEN: char = '\u{1f}';

/// What there is to search in a sheet, in small letters, annotation by annotation in text order: made once for all
/// the letters of a query.
pub struct Searched {
    sheet: Sheet,
    words: String,
}

impl Searched {
    fn of(sheet: &Sheet, text: &Text, fold: Fold<'_>) -> Self {
        let mut all = String::new();
        for annotation in sheet.iter() {
            let said = annotation.attributes.iter().map(|(_, value)| &**value);
            for words in [text.slice(annotation.span), &*annotation.note].into_iter().chain(said) {
                match words.contains(BETWEEN) {
                    true => all.push_str(&words.replace(BETWEEN, " ")),
                    false => all.push_str(words),
                }
                all.push('\n');
            }
            all.push(BETWEEN);
        }
        Self { sheet: sheet.clone(), words: fold(&all) }
    }
}

/// The annotations of a text that a filter lets through, in text order. What was searched is kept for the next query.
pub fn annotations(
    sheet: &Sheet,
    text: &Text,
    filter: &Filter,
    fold: Fold<'_>,
    kept: &mut Option<Searched>,
) -> Rc<[Rc<Annotation>]> {
    let is_listed = |annotation: &Annotation| !filter.hidden.contains(&annotation.label);
    let query = filter.query.trim();
    if query.is_empty() {
        return sheet.iter().filter(|annotation| is_listed(annotation)).cloned().collect();
    }
    let searched = kept.take().filter(|kept| kept.sheet.is_same(sheet));
    let searched = kept.insert(searched.unwrap_or_else(|| Searched::of(sheet, text, fold)));
    let query = fold(query);
    let found = sheet.iter().zip(searched.words.split(BETWEEN));
    found
        .filter(|(annotation, words)| is_listed(annotation) && words.contains(&query))
        .map(|(a, _)| a.clone())
        .collect()
}

/// One article in the list of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// The article.
    pub article: Rc<Article>,
    /// How many annotations the current annotator has made, for each label of the scheme in order.
    pub counts: Vec<usize>,
    /// How many words the text has, about.
    pub words: usize,
}

/// All articles in the order in which they were loaded.
pub fn articles(state: &State) -> Vec<ArticleRow> {
    let scheme = state.workspace.scheme();
    let row = |article: &Rc<Article>| {
        let sheet = state.workspace.own_sheet(&article.id);
        ArticleRow {
            article: article.clone(),
            counts: scheme.labels.iter().map(|label| sheet.count(&label.id)).collect(),
            words: article.text.as_str().split_whitespace().count(),
        }
    };
    state.workspace.articles().into_iter().map(row).collect()
}

/// Counts in words, such as "4 quotes, 1 claim"; empty where there is none.
pub fn counts_in_words(scheme: &LabelScheme, counts: &[usize]) -> String {
    let named = scheme.labels.iter().zip(counts).filter(|&(_, &count)| count > 0);
    let parts: Vec<String> =
        named.map(|(label, &count)| words::plural(count, &words::small(&label.name), &label.plural)).collect();
    parts.join(", ")
}

/// Which paragraph a block is, from 1, and how many there are; blank lines do not count.
pub fn paragraph(roles: &[wire::Role], block: usize) -> (usize, usize) {
    let filled = |roles: &[wire::Role]| roles.iter().filter(|role| **role != wire::Role::Blank).count();
    (filled(&roles[..(block + 1).min(roles.len())]).max(1), filled(roles).max(1))
}

/// Which of `len` rows are drawn: `seen` rows from `first` on, and some `around` them. Stays within what there is: a
/// list that has become shorter is seen at its end.
pub fn window(first: usize, seen: usize, around: usize, len: usize) -> Range<usize> {
    let start = first.min(len.saturating_sub(seen)).saturating_sub(around);
    start..(start + around + seen + around).min(len)
}

/// The first row that is seen once a row is gone to, which then stands in the middle.
pub fn first_around(row: usize, seen: usize) -> usize {
    row.saturating_sub(seen / 2)
}

/// The place of an annotation in a listing, which is in text order.
pub fn place_of(listing: &[Rc<Annotation>], annotation: &Annotation) -> Option<usize> {
    listing.binary_search_by(|other| text_order(other, annotation)).ok()
}

/// The one after `id` in a listing; the first where `id` is not in it or is the last.
pub fn next_of<'a>(listing: &'a [Rc<Annotation>], id: Option<&AnnotationId>) -> Option<&'a Rc<Annotation>> {
    let here = listing.iter().position(|annotation| Some(&annotation.id) == id);
    here.and_then(|here| listing.get(here + 1)).or(listing.first())
}

/// The start of a quotation on one line: white space is made plain, a long one is cut.
pub fn excerpt(text: &Text, span: Span, limit: usize) -> String {
    let quotation = text.slice(span);
    let mut out = String::new();
    for (i, letter) in quotation.trim().chars().enumerate() {
        if i == limit {
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        match letter.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(letter),
        }
    }
    out
}

/// An annotation's label and what is said of it, on one line.
pub fn said_of(label: Option<&Label>, annotation: &Annotation) -> String {
    let name = label.map_or(annotation.label.as_str(), |label| &label.name);
    let values = annotation.values(label);
    words::joined([name].into_iter().chain(values).chain([&*annotation.note]))
}

/// What a person should know of an annotation that came from outside.
pub fn warnings(text: &Text, annotation: &Annotation) -> Vec<&'static str> {
    let cuts = snap::snap_to_graphemes(text, annotation.span) != annotation.span;
    let anchored = annotation.origin == Origin::Anchored;
    [(cuts, words::CUTS_CHARACTER), (anchored, words::ANCHORED)]
        .into_iter()
        .filter_map(|(is, line)| is.then_some(line))
        .collect()
}

/// An attribute in the card of an annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeGroup {
    /// The attribute.
    pub id: AttributeId,
    /// Its name.
    pub name: String,
    /// The values to choose from.
    pub choices: Vec<Rc<str>>,
    /// Whether it takes any words.
    pub free: bool,
    /// The value it has.
    pub value: Option<Rc<str>>,
}

/// The attributes that a label allows, then those that an annotation has nonetheless. A value that is
/// no choice stands among the choices as long as it is set.
pub fn attribute_groups(label: Option<&Label>, annotation: &Annotation) -> Vec<AttributeGroup> {
    let allowed = label.map_or(&[][..], |label| &label.attributes);
    let mut groups: Vec<AttributeGroup> = allowed
        .iter()
        .map(|attribute| {
            let value = annotation.attributes.get(&attribute.id).cloned();
            let (mut choices, free): (Vec<Rc<str>>, bool) = match attribute.kind() {
                ValueKind::Choice(values) => (values.iter().map(|value| value.as_str().into()).collect(), false),
                ValueKind::Text => (Vec::new(), true),
            };
            choices.extend(value.clone().filter(|value| !free && !choices.contains(value)));
            AttributeGroup { id: attribute.id.clone(), name: attribute.name.clone(), choices, free, value }
        })
        .collect();
    for (id, value) in annotation.attributes.iter() {
        if !allowed.iter().any(|attribute| attribute.id == *id) {
            groups.push(AttributeGroup {
                id: id.clone(),
                name: id.to_string(),
                choices: vec![value.clone()],
                free: false,
                value: Some(value.clone()),
            });
        }
    }
    groups
}

/// Whether the encoding of an article was a guess: only Unicode shows in the bytes themselves.
pub fn is_guess(article: &Article) -> bool {
    !article.encoding.is_empty() && !article.encoding.to_ascii_uppercase().starts_with("UTF-")
}

/// An annotator's code as it was typed: one to forty letters, digits, hyphens or dots.
pub fn annotator_code(typed: &str) -> Option<AnnotatorCode> {
    let typed = typed.trim();
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    ((1..=40).contains(&typed.chars().count()) && typed.chars().all(fits))
        .then(|| AnnotatorCode::parse(typed))
        .flatten()
}

/// A part of the keys of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPart<'a> {
    /// Something printed on a key.
    Key(&'a str),
    /// A word or a comma between keys.
    Word(&'a str),
}

/// The keys of a command, taken apart for printing each as a key.
pub fn key_parts(keys: &str) -> Vec<KeyPart<'_>> {
    let mut parts = Vec::new();
    for (i, alternative) in keys.split(", ").enumerate() {
        if i > 0 {
            parts.push(KeyPart::Word(words::OR));
        }
        for token in alternative.split(' ').flat_map(|token| token.split('+')) {
            let is_word =
                token.len() > 1 && token.starts_with(|first: char| first.is_ascii_lowercase() || first == '(');
            parts.push(if is_word { KeyPart::Word(token) } else { KeyPart::Key(token) });
        }
    }
    parts
}

/// What an import amounts to, a line each; what is nothing is left out.
pub fn import_lines(plan: &Plan) -> Vec<String> {
    let sum = &plan.summary;
    let lines = [
        (sum.articles_new, words::import_articles as fn(usize) -> String),
        (sum.articles_copied, words::import_copied),
        (sum.articles_merged, words::import_merged),
        (sum.labels_added, words::import_labels),
        (sum.annotations_added, words::import_annotations),
        (sum.annotations_moved, words::import_moved),
        (sum.already_here, words::import_already),
        (sum.different_here, words::import_different),
        (sum.set_aside, words::import_set_aside),
    ];
    lines.into_iter().filter(|(count, _)| *count > 0).map(|(count, line)| line(count)).collect()
}

/// The issues of a file, gravest first; within a group as they stand in the file.
pub fn issue_groups(issues: &[Issue]) -> Vec<(Severity, Vec<&Issue>)> {
    [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (severity, issues.iter().filter(|issue| issue.severity == severity).collect::<Vec<_>>()))
        .filter(|(_, issues)| !issues.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LabelId, Timestamp};
    use crate::text::Offset;

    fn annotation(label: &str, attributes: &[(&str, &str)]) -> Annotation {
        let span = Span::between(Offset::new(0), Offset::new(2));
        let mut made = Annotation::new(AnnotationId::new("a"), LabelId::new(label), span, Timestamp::unknown());
        let said: Vec<_> = attributes.iter().map(|&(id, value)| (AttributeId::new(id), value.into())).collect();
        made.attributes = said.into();
        made
    }

    #[test]
    fn the_filter_looks_at_words_notes_and_values_whatever_their_case() {
        let text = Text::new("Ärger im RAT\u{1f} of Élan");
        let mut sheet = Sheet::default();
        for (id, label, start, end, note) in
            [("a", "quote", 0, 5, ""), ("b", "claim", 9, 13, "See RAT II"), ("c", "entity", 17, 21, "")]
        {
            let mut made = annotation(label, if id == "c" { &[("type", "Person")] } else { &[] });
            made.id = AnnotationId::new(id);
            made.span = Span::between(Offset::new(start), Offset::new(end));
            made.note = note.into();
            sheet.insert(Rc::new(made));
        }
        let small = |text: &str| text.to_lowercase();
        let mut kept = None;
        for (query, hidden, expected) in [
            ("", vec![], "abc"),
            ("", vec!["claim"], "ac"),
            (" ärger ", vec![], "a"),
            ("rat ii", vec![], "b"),
            ("ÉLAN", vec![], "c"),
            ("PERSON", vec![], "c"),
            ("rat", vec!["claim"], ""),
            ("nobody", vec![], ""),
        ] {
            let hidden = hidden.into_iter().map(LabelId::new).collect();
            let filter = Filter { hidden, query: query.into() };
            let found = annotations(&sheet, &text, &filter, &small, &mut kept);
            let found: String = found.iter().map(|a| a.id.to_string()).collect();
            assert_eq!(found, expected, "{query:?}");
        }
        sheet.remove(&AnnotationId::new("a"));
        let filter = Filter { query: "r".into(), ..Filter::default() };
        let found = annotations(&sheet, &text, &filter, &small, &mut kept);
        assert_eq!(found.len(), 2, "another sheet is searched anew");
    }

    #[test]
    fn the_window_holds_what_is_seen_and_no_more_than_there_is() {
        for (first, len, expected) in [
            (0, 0, 0..0),
            (0, 5, 0..5),
            (0, 500, 0..26),
            (8, 500, 0..26),
            (19, 500, 11..37),
            (496, 500, 482..500),
            (800, 500, 482..500),
            (8, 20, 0..20),
        ] {
            assert_eq!(window(first, 10, 8, len), expected, "{first} of {len}");
        }
        for row in [0, 3, 5, 250, 499] {
            assert!(window(first_around(row, 10), 10, 0, 500).contains(&row), "{row} is gone to");
        }
    }

    #[test]
    fn an_excerpt_is_one_line() {
        let text = Text::new("  We open\r\n\tat  nine, she said. ");
        assert_eq!(excerpt(&text, text.span(), 100), "We open at nine, she said.");
        assert_eq!(excerpt(&text, text.span(), 8), "We open…");
        assert_eq!(excerpt(&text, Span::at(Offset::new(3)), 8), "");
    }

    #[test]
    fn groups_hold_what_the_label_allows_and_what_is_there_nonetheless() {
        let scheme = LabelScheme::default();
        let drawn = |label: &str, attributes: &[(&str, &str)]| -> Vec<String> {
            let annotation = annotation(label, attributes);
            let groups = attribute_groups(scheme.label(&annotation.label), &annotation);
            let line = |group: &AttributeGroup| {
                let choices: Vec<&str> = group.choices.iter().map(|choice| &**choice).collect();
                let free = if group.free { "~" } else { "" };
                format!("{}{free} [{}] {}", group.name, choices.join(" "), group.value.as_deref().unwrap_or("-"))
            };
            groups.iter().map(line).collect()
        };
        assert_eq!(
            drawn("quote", &[("form", "sung"), ("tone", "dry")]),
            [
                "Form [direct indirect mixed sung] sung",
                "Speaker known by [explicit pronoun carried] -",
                "tone [dry] dry"
            ],
        );
        assert_eq!(drawn("entity", &[("name", "Ann Roe")])[2], "Full name~ [] Ann Roe");
        assert_eq!(drawn("unknown", &[]), [""; 0]);
    }

    #[test]
    fn a_code_is_short_and_plain() {
        for (typed, fits) in [("A1", true), (" ü-2 ", true), ("", false), ("a b", false), (&"x".repeat(41), false)] {
            assert_eq!(annotator_code(typed).is_some(), fits, "{typed}");
        }
    }

    #[test]
    fn keys_are_told_from_words() {
        use KeyPart::{Key, Word};
        for (keys, expected) in [
            ("Ctrl+Shift+Z, Ctrl+Y", vec![Key("Ctrl"), Key("Shift"), Key("Z"), Word("or"), Key("Ctrl"), Key("Y")]),
            ("H (hold)", vec![Key("H"), Word("(hold)")]),
            ("[", vec![Key("[")]),
            ("Shift+any of these", vec![Key("Shift"), Word("any"), Word("of"), Word("these")]),
            (",", vec![Key(",")]),
        ] {
            assert_eq!(key_parts(keys), expected, "{keys}");
        }
    }

    #[test]
    fn search_goes_round() {
        let listing: Vec<Rc<Annotation>> = ["a", "b"]
            .into_iter()
            .map(|id| Rc::new(Annotation { id: AnnotationId::new(id), ..annotation("quote", &[]) }))
            .collect();
        let next = |id: &str| next_of(&listing, Some(&AnnotationId::new(id))).map(|next| next.id.to_string());
        assert_eq!([next("a"), next("b"), next("gone")], [Some("b".into()), Some("a".into()), Some("a".into())]);
        assert!(next_of(&[], None).is_none());
    }
}

//! Writing a text and a file of annotations for each article.

use super::conf::Used;
use super::{ESCAPED_NOTES, FORMAT, FRAGMENT, NO_VALUE, NOTES, STATUS, TRUE, conf, is_in_types, note, type_name};
use crate::formats::blank::{is_blank, narrowed};
use crate::formats::catalog::Job;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::json::Json;
use crate::formats::{kept, names, stems};
use crate::model::*;
use crate::text::{Offset, Span, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::rc::Rc;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let mut files = Vec::new();
    let mut used = Used::default();
    for (article, stem) in job.articles(workspace).zip(stems::of_articles(workspace, job)) {
        let sheets = workspace.sheets_of(&article.id);
        let annotations: Vec<_> = sheets.flat_map(|(_, sheet)| sheet.iter().cloned()).collect();
        let statements = Statements::of(&annotations, &article.text, workspace.scheme(), &mut used);
        // Readers take one mark of byte order away.
        let mark = if article.text.as_str().starts_with('\u{feff}') { "\u{feff}" } else { "" };
        files.push(OutFile { name: format!("{stem}.txt"), text: format!("{mark}{}", article.text.as_str()) });
        files.push(OutFile { name: format!("{stem}.ann"), text: statements.out });
    }
    files.push(OutFile { name: "annotation.conf".into(), text: conf::write(workspace.scheme(), &used) });
    files
}

/// The statements about an article.
struct Statements<'a> {
    out: String,
    scheme: &'a LabelScheme,
    used: &'a mut Used,
    /// The ids that annotations have in the file; that of the first piece for all that are one.
    ids: BTreeMap<&'a AnnotationId, String>,
    /// How many statements of each kind there are.
    counts: BTreeMap<char, usize>,
    /// Ids of events that are taken.
    events: BTreeSet<String>,
}

impl<'a> Statements<'a> {
    fn of(annotations: &'a [Rc<Annotation>], text: &Text, scheme: &'a LabelScheme, used: &'a mut Used) -> Self {
        let groups = groups(annotations, text);
        let ids = ids(annotations, &groups);
        let (counts, events) = (BTreeMap::new(), BTreeSet::new());
        let mut statements = Self { out: String::new(), scheme, used, ids, counts, events };
        for group in &groups {
            statements.mark(group, text);
        }
        for group in &groups {
            let events = statements.events(group[0]);
            statements.connect(group[0], &events);
            statements.say(group[0], events.first());
        }
        statements
    }

    /// The next id of a kind.
    fn next(&mut self, kind: char) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        format!("{kind}{count}")
    }

    fn line(&mut self, id: &str, data: &str, rest: Option<&str>) {
        self.out.extend([id, "\t", data]);
        if let Some(rest) = rest {
            self.out.extend(["\t", rest]);
        }
        self.out.push('\n');
    }

    /// An annotation, in as many pieces as it has lines.
    fn mark(&mut self, group: &[&Annotation], text: &Text) {
        let pieces: Vec<Span> = group.iter().flat_map(|part| pieces(text, part.span)).collect();
        let label = type_name(&label_name(&group[0].label, self.scheme));
        let offsets: Vec<_> = pieces.iter().map(|p| format!("{} {}", p.start().get(), p.end().get())).collect();
        let words: Vec<_> = pieces.iter().map(|piece| text.slice(*piece)).collect();
        let id = self.ids[&group[0].id].clone();
        self.line(&id, &format!("{label} {}", offsets.join(";")), Some(&words.join(" ")));
        self.used.labels.insert(label);
    }

    /// The events that an annotation triggers, each by the id that it came with and the one that it gets.
    fn events(&mut self, annotation: &Annotation) -> Vec<(String, String)> {
        let mut came = Vec::new();
        kept::each_field(&annotation.extra, FORMAT.id, |name, value| {
            if name == "events" {
                came.extend(texts(value));
            }
        });
        let label = type_name(&label_name(&annotation.label, self.scheme));
        let mut events = Vec::new();
        for id in came {
            let is_id = id.strip_prefix('E').is_some_and(is_number);
            let mut own = id.clone();
            while !is_id && own == id || !self.events.insert(own.clone()) {
                own = self.next('E');
            }
            self.used.events.insert(label.clone());
            events.push((id, own));
        }
        events
    }

    /// The links that start at an annotation.
    fn connect(&mut self, annotation: &Annotation, events: &[(String, String)]) {
        let mut arguments: Vec<String> = vec![String::new(); events.len()];
        for link in &annotation.links {
            let Some(to) = self.ids.get(&link.to).cloned() else { continue };
            let kind = if link.kind.as_str() == FRAGMENT {
                names::set_apart(FRAGMENT, is_in_types)
            } else {
                type_name(link.kind.as_str())
            };
            let from = self.ids[&annotation.id].clone();
            let event = kept::text(&link.extra, FORMAT.id, "event");
            if let Some(at) = events.iter().position(|(came, _)| Some(came) == event.as_ref()) {
                let _ = write!(arguments[at], " {kind}:{to}");
                self.used.roles.insert(kind);
                continue;
            }
            if kept::is_fragment(link) {
                self.relation(FRAGMENT.into(), ["Arg1", "Arg2"], [&from, &to], &link.extra);
            } else if is_both_ways(&link.extra) {
                self.line("*", &format!("{kind} {from} {to}"), None);
                self.used.equivalences.insert(kind);
            } else {
                let roles = roles(&link.extra);
                let roles = roles.as_ref().map_or(["Arg1", "Arg2"], |[one, other]| [one, other]);
                self.relation(kind, roles, [&from, &to], &link.extra);
            }
        }
        let label = type_name(&label_name(&annotation.label, self.scheme));
        let trigger = self.ids[&annotation.id].clone();
        for ((_, id), arguments) in events.iter().zip(arguments) {
            self.line(id, &format!("{label}:{trigger}{arguments}"), None);
        }
    }

    fn relation(&mut self, kind: String, roles: [&str; 2], ends: [&str; 2], extra: &Extra) {
        let id = self.next('R');
        self.line(&id, &format!("{kind} {}:{} {}:{}", roles[0], ends[0], roles[1], ends[1]), Some(""));
        self.used.relations.insert((kind, roles.map(str::to_owned)));
        self.own(&id, extra);
    }

    /// What is said of an annotation, or of the event that it triggers.
    fn say(&mut self, annotation: &Annotation, event: Option<&(String, String)>) {
        let of = event.map_or_else(|| self.ids[&annotation.id].clone(), |(_, id)| id.clone());
        for (id, value) in annotation.attributes.iter() {
            let is_status = id.as_str() == STATUS && Status::parse(value).is_some();
            let name = if is_status { names::set_apart(STATUS, is_in_types) } else { type_name(id.as_str()) };
            self.attribute(&name, &of, &written_value(value));
        }
        if annotation.status != Status::default() {
            self.attribute(STATUS, &of, annotation.status.as_str());
        }
        if note::is_plain(&annotation.note) {
            let id = self.next('#');
            self.line(&id, &format!("{NOTES} {of}"), Some(&annotation.note));
        } else if !annotation.note.is_empty() {
            let id = self.next('#');
            self.line(&id, &format!("{ESCAPED_NOTES} {of}"), Some(&note::escape(&annotation.note)));
        }
        self.own(&of, &annotation.extra);
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        let id = self.next('A');
        let data = if value == TRUE { format!("{name} {of}") } else { format!("{name} {of} {value}") };
        self.line(&id, &data, None);
        self.used.attributes.entry(name.to_owned()).or_default().insert(value.to_owned());
    }

    /// What only brat knows of something.
    fn own(&mut self, of: &str, extra: &Extra) {
        kept::each_field(extra, FORMAT.id, |field, value| {
            for item in value.items() {
                let item = texts(item);
                let item: Vec<&str> = item.iter().map(String::as_str).collect();
                match (field, item.as_slice()) {
                    ("references", [kind, entry, words]) => {
                        let id = self.next('N');
                        self.line(&id, &format!("{kind} {of} {entry}"), Some(words));
                    }
                    ("notes", [kind, words]) => {
                        let id = self.next('#');
                        self.line(&id, &format!("{kind} {of}"), Some(words));
                    }
                    ("attributes", [name, rest @ ..]) => self.attribute(name, of, rest.first().unwrap_or(&TRUE)),
                    _ => {}
                }
            }
        });
    }
}

/// The texts of a list.
fn texts(list: Json<'_>) -> Vec<String> {
    list.items().filter_map(|item| item.text()).map(|(text, _)| text.to_owned()).collect()
}

fn is_both_ways(extra: &Extra) -> bool {
    let mut both_ways = false;
    kept::each_field(extra, FORMAT.id, |name, value| both_ways |= name == "both-ways" && value.truth() == Some(true));
    both_ways
}

/// The names of the two arguments of a relation, where they are not the usual ones.
fn roles(extra: &Extra) -> Option<[String; 2]> {
    let mut roles = None;
    kept::each_field(extra, FORMAT.id, |name, value| {
        if name == "roles" {
            roles = <[String; 2]>::try_from(texts(value)).ok();
        }
    });
    roles
}

/// A value of an attribute as brat allows it: without blanks, and without what separates values in the settings.
pub(super) fn written_value(value: &str) -> String {
    let is_allowed = |c: char| !is_blank(c) && !"|,:;<>[]{}".contains(c);
    match value {
        "" => NO_VALUE.into(),
        NO_VALUE => names::set_apart(value, is_allowed),
        value => names::escaped(value, is_allowed),
    }
}

/// The pieces of a span: its lines without the blanks at their ends, as brat cuts lines.
fn pieces(text: &Text, span: Span) -> Vec<Span> {
    let ends_line = |c: char| (c.is_control() && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}');
    let mut pieces = Vec::new();
    let mut start = span.start();
    let ends = text.slice(span).chars().enumerate().filter(|(_, c)| ends_line(*c));
    let ends = ends.map(|(at, _)| span.start().plus(u32::try_from(at).unwrap_or(u32::MAX)));
    for end in ends.chain([span.end()]) {
        pieces.extend(narrowed(text, Span::between(start, end)));
        start = Offset::new(end.get().saturating_add(1)).min(span.end());
    }
    pieces
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The ids of annotations: the numbers that they came with, and new ones.
fn ids<'a>(annotations: &'a [Rc<Annotation>], groups: &[Vec<&'a Annotation>]) -> BTreeMap<&'a AnnotationId, String> {
    let came = kept::written_ids(annotations, FORMAT.id);
    let is_id = |id: &&String| id.strip_prefix('T').is_some_and(is_number);
    let mut taken: BTreeSet<String> = came.values().filter(is_id).cloned().collect();
    let mut ids = BTreeMap::new();
    let mut next = 0;
    for group in groups {
        let id = came.get(&group[0].id).filter(is_id).cloned().unwrap_or_else(|| {
            let mut id = String::new();
            while id.is_empty() || !taken.insert(id.clone()) {
                next += 1;
                id = format!("T{next}");
            }
            id
        });
        ids.insert(&group[0].id, id);
    }
    ids
}

/// Annotations put together with the pieces that continue them, where they can be written as one: pieces of which
/// nothing is said but that, in text order and with words between them.
fn groups<'a>(annotations: &'a [Rc<Annotation>], text: &Text) -> Vec<Vec<&'a Annotation>> {
    let mut groups: Vec<Vec<&Annotation>> = Vec::new();
    // The group whose last piece an annotation is.
    let mut last_of: BTreeMap<&AnnotationId, usize> = BTreeMap::new();
    for annotation in annotations {
        let follows = |last: &Annotation| {
            let gap = Span::between(last.span.end(), annotation.span.start().max(last.span.end()));
            (&last.label, last.status) == (&annotation.label, annotation.status)
                && !text.slice(gap).chars().all(is_blank)
        };
        let before = only_continues(annotation).and_then(|before| last_of.get(before).copied());
        match before.filter(|at| groups[*at].last().is_some_and(|last| follows(last))) {
            Some(at) => {
                last_of.retain(|_, group| *group != at);
                last_of.insert(&annotation.id, at);
                groups[at].push(annotation);
            }
            None => {
                last_of.insert(&annotation.id, groups.len());
                groups.push(vec![annotation]);
            }
        }
    }
    // A later piece has no id of its own, so that nothing but the next may lead to it.
    let mut links_to: BTreeMap<&AnnotationId, Vec<&AnnotationId>> = BTreeMap::new();
    for annotation in annotations {
        annotation.links.iter().for_each(|link| links_to.entry(&link.to).or_default().push(&annotation.id));
    }
    let is_led_to = |piece: &Annotation, next: Option<&&Annotation>| {
        let links = links_to.get(&piece.id).map_or(&[][..], Vec::as_slice);
        links.iter().any(|from| next.is_none_or(|next| next.id != **from))
    };
    let is_one = |group: &Vec<&Annotation>| (1..group.len()).all(|at| !is_led_to(group[at], group.get(at + 1)));
    let apart = |group: Vec<&'a Annotation>| group.into_iter().map(|piece| vec![piece]).collect();
    groups.into_iter().flat_map(|group| if is_one(&group) { vec![group] } else { apart(group) }).collect()
}

/// What an annotation continues, where nothing else is said of it.
fn only_continues(annotation: &Annotation) -> Option<&AnnotationId> {
    let says_nothing = annotation.attributes.is_empty() && annotation.note.is_empty() && annotation.extra.is_empty();
    match annotation.links.as_slice() {
        [link] if kept::is_fragment(link) && says_nothing => Some(&link.to),
        _ => None,
    }
}

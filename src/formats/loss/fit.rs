//! Making of a workspace what a format can hold, and counting what it can't.

use crate::formats::blank::narrowed;
use crate::formats::kept;
use crate::formats::loss::{Annotators, Aspect, Fate, Holds, Links, Loss, Offsets, Overlap, Unknown, Words};
use crate::formats::project::name::slug;
use crate::formats::xml;
use crate::model::*;
use crate::text::{Span, Text, snap, word};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How much of a text an example shows, in code points.
const EXAMPLE: usize = 40;

/// What goes into one file, or into one set of files.
pub struct Part {
    /// What tells it from the others, for names of files; empty where it is the only one.
    pub name: String,
    /// What is to be written.
    pub workspace: Workspace,
}

/// An article with its sheets on the way.
#[derive(Clone)]
struct Doc {
    article: Rc<Article>,
    sheets: Vec<(AnnotatorCode, Vec<Rc<Annotation>>)>,
}

/// What is left of a workspace in a format, in one part or several, and what is not. `format` is the format's id,
/// under which fields are kept that only it knows.
pub fn fit(workspace: &Workspace, holds: &Holds, format: &str) -> (Vec<Part>, Loss) {
    let mut fitter = Fitter { holds, format, own: workspace.annotator(), loss: Loss::default() };
    let docs = workspace.articles().into_iter().map(|article| {
        let sheets = workspace.sheets_of(&article.id);
        Doc {
            article: article.clone(),
            sheets: sheets.map(|(code, sheet)| (code.clone(), sheet.iter().cloned().collect())).collect(),
        }
    });
    let docs = fitter.articles(docs.collect());
    let mut parts = fitter.by_annotator(docs);
    parts = fitter.by_label(parts, workspace.scheme());
    fitter.whole(workspace);
    let mut names = Vec::new();
    let mut fitted = Vec::new();
    for (name, docs) in parts {
        let name = free_name(name, &mut names);
        fitted.push(Part { name, workspace: fitter.assemble(docs, workspace) });
    }
    (fitted, fitter.loss)
}

struct Fitter<'a> {
    holds: &'a Holds,
    format: &'a str,
    /// The annotator at work.
    own: &'a AnnotatorCode,
    loss: Loss,
}

/// With names that may stand in those of files. They are made of shortened ones, so that each can be found in them.
type Parts = Vec<(String, Vec<Doc>)>;

impl Fitter<'_> {
    /// What is lost of the workspace itself.
    fn whole(&mut self, workspace: &Workspace) {
        if !self.holds.scheme {
            let usual = LabelScheme::default();
            let own = workspace.scheme().labels.iter().filter(|label| usual.label(&label.id) != Some(label));
            for label in own {
                self.loss.add(Aspect::Scheme, Fate::LeftOut, || quoted(&label.name));
            }
        }
        if self.holds.extra != Unknown::Held && !workspace.extra.is_empty() {
            self.loss.add(Aspect::Extra, Fate::LeftOut, || "the file itself".into());
        }
    }

    /// The articles that are held, as they are held.
    fn articles(&mut self, docs: Vec<Doc>) -> Vec<Doc> {
        let mut held = Vec::new();
        let mut others: BTreeMap<AnnotatorCode, usize> = BTreeMap::new();
        let mut texts = BTreeSet::new();
        for mut doc in docs {
            let name = || quoted(&doc.article.name());
            if self.holds.annotators == Annotators::Own {
                for (code, annotations) in doc.sheets.extract_if(.., |(code, _)| code != self.own) {
                    *others.entry(code).or_insert(0) += annotations.len();
                }
            }
            if !self.holds.empty && doc.article.text.is_empty() {
                self.loss.add(Aspect::Empty, Fate::LeftOut, String::new);
            } else if !self.holds.unmarked && doc.sheets.is_empty() {
                self.loss.add(Aspect::Unmarked, Fate::LeftOut, name);
            } else {
                if !self.holds.texts {
                    self.loss.add(Aspect::Texts, Fate::LeftOut, name);
                }
                if !self.holds.ids {
                    self.loss.add(Aspect::Ids, Fate::Changed, String::new);
                    if !texts.insert(doc.article.text.hash().clone()) {
                        self.loss.add(Aspect::Twins, Fate::Doubtful, name);
                    }
                }
                if !self.holds.controls {
                    self.controls(&doc);
                }
                doc.article = Rc::new(self.article(&doc.article));
                held.push(doc);
            }
        }
        let example = || {
            let with = |(code, count): (&AnnotatorCode, &usize)| format!("{code} with {count} of the annotations");
            others.iter().next().map_or_else(String::new, with)
        };
        self.loss.add_many(Aspect::Annotators, Fate::LeftOut, others.len(), example);
        held
    }

    /// Counts the characters that XML forbids in the text of an article and in what is said of it and in it.
    fn controls(&mut self, doc: &Doc) {
        let Article { text, title, source, date, byline, .. } = &*doc.article;
        let said = doc.sheets.iter().flat_map(|(_, annotations)| annotations);
        let said = said.flat_map(|a| a.attributes.iter().map(|(_, value)| &**value).chain([&*a.note]));
        let facts = [text.as_str(), title.as_str(), source.as_str(), date.as_str(), byline.as_str()];
        let count = |words: &str| words.chars().filter(|c| xml::forbids(*c)).count();
        let count = facts.into_iter().chain(said).map(count).sum();
        self.loss.add_many(Aspect::Controls, Fate::Changed, count, || format!("in {}", quoted(&doc.article.name())));
    }

    /// What is held of the facts about an article.
    fn article(&mut self, article: &Article) -> Article {
        let mut held = article.clone();
        let name = article.name();
        for (field, value) in [
            ("title", &mut held.title),
            ("source", &mut held.source),
            ("date", &mut held.date),
            ("byline", &mut held.byline),
            ("extractor", &mut held.extractor),
            ("encoding", &mut held.encoding),
        ] {
            if !self.holds.fields.contains(&field) && !value.is_empty() {
                self.loss.add(Aspect::Fields, Fate::LeftOut, || format!("{field} of {}", quoted(&name)));
                value.clear();
            }
        }
        if held.done && !self.holds.fields.contains(&"done") {
            self.loss.add(Aspect::Fields, Fate::LeftOut, || format!("{} is done", quoted(&name)));
            held.done = false;
        }
        held.extra =
            self.extra(&article.extra, matches!(self.holds.extra, Unknown::Own | Unknown::OwnOfArticles), || {
                quoted(&name)
            });
        held
    }

    /// What is held of unknown fields; `is_own_held` where those of this format are.
    fn extra(&mut self, extra: &Extra, is_own_held: bool, example: impl FnOnce() -> String) -> Extra {
        if extra.is_empty() || self.holds.extra == Unknown::Held {
            return extra.clone();
        }
        let (mut own, mut others) = kept::own(extra, self.format);
        if !is_own_held {
            others |= !own.is_empty();
            own = Extra::default();
        }
        if others {
            self.loss.add(Aspect::Extra, Fate::LeftOut, example);
        }
        own
    }

    /// A part for each annotator, where the format names none.
    fn by_annotator(&mut self, docs: Vec<Doc>) -> Parts {
        if self.holds.annotators == Annotators::Held {
            return vec![(String::new(), docs)];
        }
        let codes: BTreeSet<_> = docs.iter().flat_map(|doc| &doc.sheets).map(|(code, _)| code.clone()).collect();
        if codes.len() < 2 {
            if let Some(code) = codes.first().filter(|code| **code != AnnotatorCode::default()) {
                self.loss.add(Aspect::Annotators, Fate::Changed, || format!("{code} is not named"));
            }
            return vec![(String::new(), docs)];
        }
        let example = || codes.iter().map(AnnotatorCode::to_string).collect::<Vec<_>>().join(", ");
        self.loss.add_many(Aspect::Annotators, Fate::Split, codes.len(), example);
        let only = |code: &AnnotatorCode| {
            let mut docs = docs.clone();
            docs.iter_mut().for_each(|doc| doc.sheets.retain(|(other, _)| other == code));
            (slug(code.as_str(), "part"), docs)
        };
        codes.iter().map(only).collect()
    }

    /// A part for each label, where annotations of several labels would overlap.
    fn by_label(&mut self, parts: Parts, scheme: &LabelScheme) -> Parts {
        if self.holds.overlap != Overlap::PerLabel {
            return parts;
        }
        let mut split = Parts::new();
        for (name, docs) in parts {
            let sheets = docs.iter().flat_map(|doc| &doc.sheets);
            let used: BTreeSet<_> = sheets.flat_map(|(_, annotations)| annotations).map(|a| a.label.clone()).collect();
            if used.len() < 2 {
                split.push((name, docs));
                continue;
            }
            let known = scheme.labels.iter().map(|label| &label.id).filter(|id| used.contains(id));
            let others = used.iter().filter(|id| scheme.label(id).is_none());
            for label in known.chain(others) {
                let mut docs = docs.clone();
                for (_, annotations) in docs.iter_mut().flat_map(|doc| &mut doc.sheets) {
                    annotations.retain(|annotation| annotation.label == *label);
                }
                let label = slug(label.as_str(), "part");
                let name = if name.is_empty() { label } else { format!("{name}-{label}") };
                split.push((name, docs));
            }
            let overlapping =
                docs.iter().flat_map(|doc| &doc.sheets).map(|(_, annotations)| overlaps(annotations).len());
            let overlapping = overlapping.sum();
            self.loss.add_many(Aspect::Overlap, Fate::Split, overlapping, String::new);
        }
        split
    }

    /// A workspace of what is held of the annotations.
    fn assemble(&mut self, docs: Vec<Doc>, of: &Workspace) -> Workspace {
        let mut workspace = Workspace::default();
        let mut changes = vec![
            Change::Scheme { before: workspace.scheme().clone(), after: of.scheme().clone() },
            Change::Annotator { before: workspace.annotator().clone(), after: self.code(of.annotator()) },
        ];
        if self.holds.extra == Unknown::Held {
            changes.push(Change::Extra { before: Extra::default(), after: of.extra.clone() });
        }
        for Doc { article, sheets } in docs {
            if !self.holds.unmarked && sheets.iter().all(|(_, annotations)| annotations.is_empty()) {
                continue;
            }
            for (code, annotations) in sheets {
                let sheet = SheetKey { article: article.id.clone(), annotator: self.code(&code) };
                let annotations = self.sheet(annotations, &article.text);
                changes.extend(annotations.into_iter().map(|annotation| Change::Annotation {
                    sheet: sheet.clone(),
                    before: None,
                    after: Some(annotation),
                }));
            }
            changes.push(Change::Article { before: None, after: Some(article) });
        }
        workspace.apply_all(&changes);
        workspace.next_id = of.next_id;
        workspace
    }

    /// The code that an annotator has where they are not named.
    fn code(&self, code: &AnnotatorCode) -> AnnotatorCode {
        if self.holds.annotators == Annotators::Held { code.clone() } else { AnnotatorCode::default() }
    }

    /// What is held of the annotations of a sheet, in text order.
    fn sheet(&mut self, mut annotations: Vec<Rc<Annotation>>, text: &Text) -> Vec<Rc<Annotation>> {
        if self.holds.words != Words::Held {
            annotations = self.whole_words(annotations, text);
        }
        if !self.holds.edges {
            annotations = self.without_edges(annotations, text);
        }
        if !self.holds.breaks {
            for left in annotations.extract_if(.., |a| text.slice(a.span).contains(['\n', '\r'])) {
                self.loss.add(Aspect::Breaks, Fate::LeftOut, || example(text, left.span));
            }
        }
        if self.holds.overlap == Overlap::Doubtful {
            for at in overlaps(&annotations) {
                self.loss.add(Aspect::Overlap, Fate::Doubtful, || example(text, annotations[at].span));
            }
        } else if self.holds.overlap != Overlap::Held {
            for at in overlaps(&annotations).into_iter().rev() {
                let left = annotations.remove(at);
                self.loss.add(Aspect::Overlap, Fate::LeftOut, || example(text, left.span));
            }
        }
        if self.holds.offsets == Offsets::Doubtful {
            for doubtful in annotations.iter().filter(|a| text.utf16(a.span.end()).get() != a.span.end().get()) {
                self.loss.add(Aspect::Offsets, Fate::Doubtful, || example(text, doubtful.span));
            }
        }
        let ids: BTreeSet<_> = annotations.iter().map(|annotation| annotation.id.clone()).collect();
        annotations.iter().map(|annotation| Rc::new(self.annotation(annotation, text, &ids))).collect()
    }

    /// Annotations that cut a word are counted and, if need be, widened.
    fn whole_words(&mut self, annotations: Vec<Rc<Annotation>>, text: &Text) -> Vec<Rc<Annotation>> {
        let mut held = Sheet::default();
        for annotation in annotations {
            let words = || example(text, annotation.span);
            if !cuts_word(text, annotation.span) {
                held.insert(annotation);
            } else if self.holds.words == Words::Doubtful {
                self.loss.add(Aspect::Words, Fate::Doubtful, words);
                held.insert(annotation);
            } else {
                let wide = widened(text, annotation.span);
                if held.twin(&annotation.label, wide).is_some() {
                    self.loss.add(Aspect::Words, Fate::LeftOut, words);
                } else {
                    self.loss.add(Aspect::Words, Fate::Changed, words);
                    held.insert(Rc::new(Annotation { span: wide, ..(*annotation).clone() }));
                }
            }
        }
        held.iter().cloned().collect()
    }

    /// Annotations with white space at an edge are counted and narrowed; those with nothing else are left out.
    fn without_edges(&mut self, annotations: Vec<Rc<Annotation>>, text: &Text) -> Vec<Rc<Annotation>> {
        let is_narrow = |annotation: &Rc<Annotation>| narrowed(text, annotation.span) == Some(annotation.span);
        let (narrow, wide): (Vec<_>, Vec<_>) = annotations.into_iter().partition(is_narrow);
        let mut held = Sheet::default();
        narrow.into_iter().for_each(|annotation| held.insert(annotation));
        for annotation in wide {
            let words = || example(text, annotation.span);
            match narrowed(text, annotation.span) {
                Some(span) if held.twin(&annotation.label, span).is_none() => {
                    self.loss.add(Aspect::Edges, Fate::Changed, words);
                    held.insert(Rc::new(Annotation { span, ..(*annotation).clone() }));
                }
                _ => self.loss.add(Aspect::Edges, Fate::LeftOut, words),
            }
        }
        held.iter().cloned().collect()
    }

    /// What is held of an annotation; `ids` are those of its sheet that are written.
    fn annotation(&mut self, annotation: &Annotation, text: &Text, ids: &BTreeSet<AnnotationId>) -> Annotation {
        let mut held = annotation.clone();
        let words = || example(text, annotation.span);
        if !self.holds.attributes {
            let attributes = std::mem::take(&mut held.attributes);
            self.loss.add_many(Aspect::Attributes, Fate::LeftOut, attributes.len(), words);
        }
        if !self.holds.notes && !held.note.is_empty() {
            held.note = "".into();
            self.loss.add(Aspect::Notes, Fate::LeftOut, words);
        }
        if !self.holds.status && held.status == Status::Proposed {
            held.status = Status::Confirmed;
            self.loss.add(Aspect::Status, Fate::Changed, words);
        }
        if !self.holds.times && (held.created != Timestamp::unknown() || held.changed != Timestamp::unknown()) {
            (held.created, held.changed) = (Timestamp::unknown(), Timestamp::unknown());
            self.loss.add(Aspect::Times, Fate::LeftOut, String::new);
        }
        if !self.holds.origin && held.origin != Origin::File {
            held.origin = Origin::File;
            self.loss.add(Aspect::Origin, Fate::LeftOut, String::new);
        }
        if !self.holds.ids {
            self.loss.add(Aspect::Ids, Fate::Changed, String::new);
        }
        let own = matches!(self.holds.extra, Unknown::Own | Unknown::OwnOfAnnotations);
        held.extra = self.extra(&annotation.extra, own, words);
        self.links(&mut held.links, ids, &words);
        held
    }

    /// Leaves out the links that are not held, and what is not held of the others.
    fn links(&mut self, links: &mut Vec<Link>, ids: &BTreeSet<AnnotationId>, words: &dyn Fn() -> String) {
        if self.holds.links == Links::Held {
            return;
        }
        links.retain_mut(|link| {
            let is_held = self.holds.links == Links::Inside && ids.contains(&link.to);
            if kept::is_fragment(link) {
                if !self.holds.fragments || !is_held {
                    self.loss.add(Aspect::Fragments, Fate::Changed, words);
                    link.extra = Extra::default();
                }
            } else if !is_held {
                self.loss.add(Aspect::Links, Fate::LeftOut, words);
            } else {
                link.extra = self.extra(&link.extra, self.holds.extra == Unknown::Own, words);
            }
            is_held
        });
    }
}

/// The places in a list in text order of those that overlap one before them that is not among them.
fn overlaps(annotations: &[Rc<Annotation>]) -> Vec<usize> {
    let mut reach = crate::text::Offset::default();
    let mut over = Vec::new();
    for (at, annotation) in annotations.iter().enumerate() {
        if annotation.span.start() < reach {
            over.push(at);
        } else {
            reach = annotation.span.end();
        }
    }
    over
}

/// A span with the words that it cuts, and the grapheme clusters; white space at its edges stays.
fn widened(text: &Text, span: Span) -> Span {
    let whole = snap::snap_to_graphemes(text, span);
    let inside = |at| snap::word_around(text, at).filter(|word| word.start() < at);
    let start = inside(whole.start()).map_or(whole.start(), Span::start);
    let end = inside(whole.end()).map_or(whole.end(), Span::end);
    Span::between(start, end)
}

/// Whether a span begins or ends inside a word or a grapheme cluster.
pub(crate) fn cuts_word(text: &Text, span: Span) -> bool {
    let cuts = |at| !snap::is_grapheme_boundary(text, at) || !word::is_boundary(text.as_str(), text.byte(at).index());
    cuts(span.start()) || cuts(span.end())
}

fn quoted(words: &str) -> String {
    match words.char_indices().nth(EXAMPLE) {
        Some((end, _)) => format!("“{}…”", &words[..end]),
        None => format!("“{words}”"),
    }
}

fn example(text: &Text, span: Span) -> String {
    quoted(&text.slice(span).replace(['\r', '\n'], " "))
}

/// The name of a part, with a number where another part has it.
fn free_name(base: String, names: &mut Vec<String>) -> String {
    if base.is_empty() {
        return base;
    }
    let free = |number: usize| if number == 1 { base.clone() } else { format!("{base}-{number}") };
    let name = (1..).map(free).find(|name| !names.contains(name)).unwrap_or_default();
    names.push(name.clone());
    name
}

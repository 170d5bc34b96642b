//! The annotations of an article: from drafts to sheets.

use crate::by_key::ByKey;
use crate::formats::anchor::Unit;
use crate::formats::blank::is_blank;
use crate::formats::catalog::Context;
use crate::formats::draft::build::{Builder, short};
use crate::formats::draft::label::{Labels, Met};
use crate::formats::draft::place::{Placed, place};
use crate::formats::draft::{LinkDraft, MarkDraft};
use crate::formats::fields::clip;
use crate::formats::{Place, Reading, Severity, kept};
use crate::limits;
use crate::model::*;
use crate::text::{Span, Text, TextHash, snap};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

/// Sheets under way, in the order of the file.
#[derive(Default)]
pub(super) struct Sheets {
    sheets: Vec<Underway>,
    by_key: BTreeMap<SheetKey, usize>,
    /// All annotations so far, which are no more than fit.
    count: usize,
}

/// A sheet under way.
struct Underway {
    key: SheetKey,
    text: Rc<Text>,
    annotations: Vec<Annotation>,
    /// The links of each, its place in `annotations`, and where it stands in which file.
    links: Vec<(usize, Vec<LinkDraft>, Option<Place>, usize)>,
    /// By label and span.
    places: BTreeSet<(LabelId, u32, u32)>,
    /// Places in `annotations` by the file and the id in it.
    by_id: BTreeMap<String, usize>,
    /// Places in `annotations` by the id here.
    ids: BTreeMap<String, usize>,
}

/// The code of a sheet whose annotator the file does not name, until it is known which one it is.
const UNNAMED: &str = "";

/// Reads the annotations of an article into its sheets.
pub(super) fn read(
    builder: &mut Builder<'_>,
    article: &Rc<Article>,
    marks: Vec<MarkDraft>,
    unit: Unit,
    labels: &mut Labels,
    sheets: &mut Sheets,
) {
    for mark in marks {
        if sheets.count >= limits::ANNOTATIONS {
            let most = limits::ANNOTATIONS;
            builder
                .set_aside(mark.place, format_args!("{}: no more than {most} annotations of a file fit", Named(&mark)));
            continue;
        }
        let Some(label) = label(builder, &mark, labels) else { continue };
        let Some(spans) = spans(builder, &mark, &article.text, unit) else { continue };
        let code = annotator(builder, &mark);
        let sheet = sheets.sheet(SheetKey { article: article.id.clone(), annotator: code }, &article.text);
        let before = sheet.annotations.len();
        sheet.add(builder, mark, label, &spans);
        let added = sheet.annotations.len() - before;
        sheets.count += added;
    }
}

/// An annotation as a message calls it.
struct Named<'a>(&'a MarkDraft);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MarkDraft { id, label, quote, pieces, .. } = self.0;
        match (id.as_str(), quote, pieces.first()) {
            ("", Some(quote), _) => write!(f, "annotation of “{}” as “{}”", clip(&quote.exact), clip(label)),
            ("", None, Some((start, end))) => write!(f, "annotation from {start} to {end} as “{}”", clip(label)),
            ("", ..) => write!(f, "annotation as “{}”", clip(label)),
            (id, ..) => write!(f, "annotation “{}”", clip(id)),
        }
    }
}

/// The label of an annotation; `None` with an issue where it has none.
fn label(builder: &mut Builder<'_>, mark: &MarkDraft, labels: &mut Labels) -> Option<LabelId> {
    let (id, met) = labels.take(&mark.label);
    match (&id, met) {
        (Some(id), Met::ByName) => {
            let message = format_args!("the label “{}” was taken as “{id}”, which is known here", clip(&mark.label));
            builder.tell(Severity::Note, mark.place, message);
        }
        (None, _) if mark.label.is_empty() => {
            builder.set_aside(mark.place, format_args!("{}: it has no label", Named(mark)))
        }
        (None, _) => {
            let message = format_args!("{}: there is room for {} labels", Named(mark), limits::LIST);
            builder.set_aside(mark.place, message);
        }
        _ => {}
    }
    id
}

/// Where an annotation stands; `None` with an issue where it can't be placed. Says what was done.
fn spans(builder: &mut Builder<'_>, mark: &MarkDraft, text: &Text, unit: Unit) -> Option<Vec<Span>> {
    let name = Named(mark);
    let placed = place(text, mark, unit, builder.quoting);
    let moved = matches!(placed, Placed::Moved(_) | Placed::OtherUnit(..));
    let spans = match placed {
        Placed::Kept(spans) | Placed::Unchecked(spans) => spans,
        Placed::OtherUnit(other, spans) => {
            let (unit, other) = (unit.words(), other.words());
            let message = format_args!(
                "{name}: the words at its offsets in {unit} are not its quotation; as {other} they fit, and were taken so"
            );
            builder.tell(Severity::Warning, mark.place, message);
            spans
        }
        Placed::Moved(spans) => {
            if !mark.pieces.is_empty() {
                let places: Vec<_> = spans.iter().map(Span::to_string).collect();
                let message = format_args!(
                    "{name}: the words at its offsets are not its quotation; it was moved to where they stand, code points {}",
                    places.join(", "),
                );
                builder.tell(Severity::Warning, mark.place, message);
            }
            spans
        }
        Placed::Lost(why) => {
            builder.set_aside(mark.place, format_args!("{name}: {why}"));
            return None;
        }
    };
    builder.counts.moved += usize::from(moved);
    let cuts = |at| !snap::is_grapheme_boundary(text, at);
    if spans.iter().any(|span| cuts(span.start()) || cuts(span.end())) {
        let message =
            format_args!("{name}: it cuts through a character that is made of several code points; kept as it is");
        builder.tell(Severity::Note, mark.place, message);
    }
    Some(rejoined(text, spans))
}

/// Pieces with nothing but white space or control characters between them are one: some formats can't have a line break inside.
fn rejoined(text: &Text, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start(), span.end()));
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if text.slice(Span::between(last.end(), span.start().max(last.end()))).chars().all(is_blank) => {
                *last = Span::between(last.start(), last.end().max(span.end()));
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// The annotator that an annotation names.
fn annotator(builder: &mut Builder<'_>, mark: &MarkDraft) -> AnnotatorCode {
    if mark.annotator.is_empty() {
        return AnnotatorCode::new(UNNAMED);
    }
    AnnotatorCode::parse(&mark.annotator).unwrap_or_else(|| {
        let message = format_args!("{}: “{}” is no code of an annotator; left out", Named(mark), clip(&mark.annotator));
        builder.tell(Severity::Warning, mark.place, message);
        AnnotatorCode::new(UNNAMED)
    })
}

impl Sheets {
    fn sheet(&mut self, key: SheetKey, text: &Rc<Text>) -> &mut Underway {
        let next = self.sheets.len();
        let at = *self.by_key.entry(key.clone()).or_insert(next);
        if at == next {
            self.sheets.push(Underway::new(key, text.clone()));
        }
        &mut self.sheets[at]
    }

    /// Puts the sheets into a reading, with their links, and tells new labels what is said under them.
    pub(super) fn finish(self, builder: &mut Builder<'_>, labels: &mut Labels, reading: &mut Reading) {
        let here = builder.context.here;
        let mut same: Option<(usize, AnnotatorCode)> = None;
        for mut sheet in self.sheets {
            sheet.link(builder);
            if sheet.key.annotator.as_str() == UNNAMED {
                sheet.key.annotator = sheet.whose(builder.context, builder.format);
                if here.sheet(&sheet.key).is_some_and(|there| !there.is_empty()) {
                    same.get_or_insert((0, sheet.key.annotator.clone())).0 += sheet.annotations.len();
                }
            } else if !reading.annotators.contains(&sheet.key.annotator) {
                reading.annotators.push(sheet.key.annotator.clone());
            }
            declare(&sheet.annotations, here.scheme(), &mut labels.scheme);
            let annotations: Vec<_> = sheet.annotations.into_iter().map(Rc::new).collect();
            match reading.sheets.iter_mut().find(|(key, _)| *key == sheet.key) {
                Some((key, others)) => put_together(builder, &key.annotator, others, annotations),
                None => reading.sheets.push((sheet.key, annotations)),
            }
        }
        if let Some((count, code)) = same {
            let message = format_args!(
                "the file does not say whose {count} annotations are that are here already, on the sheet of {code}; they were \
                 taken for the same"
            );
            builder.tell(Severity::Note, None, message);
        }
    }
}

/// Puts annotations on a sheet that turned out to be the same: nobody was named for one of the two.
fn put_together(
    builder: &mut Builder<'_>,
    code: &AnnotatorCode,
    sheet: &mut Vec<Rc<Annotation>>,
    others: Vec<Rc<Annotation>>,
) {
    let mut known = Sheet::default();
    sheet.iter().for_each(|annotation| known.insert(annotation.clone()));
    for other in others {
        if known.get(&other.id).is_some() || known.twin(&other.label, other.span).is_some() {
            let message =
                format_args!("annotation “{}” of nobody: another one on the sheet of {code} is the same", other.id);
            builder.set_aside(None, message);
        } else {
            sheet.push(other);
        }
    }
}

/// Tells new labels which attributes and links are said under them.
fn declare(annotations: &[Annotation], here: &LabelScheme, scheme: &mut LabelScheme) {
    for annotation in annotations.iter().filter(|annotation| here.label(&annotation.label).is_none()) {
        let Some(label) = scheme.labels.iter_mut().find(|label| label.id == annotation.label) else { continue };
        for (id, _) in annotation.attributes.iter() {
            if label.attributes.len() < limits::LIST && label.attributes.iter().all(|known| known.id != *id) {
                let name = id.to_string();
                label.attributes.push(Attribute { id: id.clone(), name, values: Vec::new(), extra: Extra::default() });
            }
        }
        for Link { kind, .. } in &annotation.links {
            if label.links.len() < limits::LIST && label.links.iter().all(|known| known.id != *kind) {
                let (name, to) = (kind.to_string(), Vec::new());
                label.links.push(LinkType { id: kind.clone(), name, to, many: true, extra: Extra::default() });
            }
        }
    }
}

impl Underway {
    fn new(key: SheetKey, text: Rc<Text>) -> Self {
        Self {
            key,
            text,
            annotations: Vec::new(),
            links: Vec::new(),
            places: BTreeSet::new(),
            by_id: BTreeMap::new(),
            ids: BTreeMap::new(),
        }
    }

    /// Adds an annotation, each of its pieces as one, linked to the piece before it.
    fn add(&mut self, builder: &mut Builder<'_>, mark: MarkDraft, label: LabelId, spans: &[Span]) {
        let mut before: Option<AnnotationId> = None;
        for (number, &span) in spans.iter().enumerate() {
            self.note_double(builder, &mark, (label.clone(), span.start().get(), span.end().get()));
            let id = self.free_id(&mark.id, &label, span, number);
            let mut annotation = Annotation::new(id.clone(), label.clone(), span, Timestamp::unknown());
            annotation.origin = Origin::File;
            self.fill(builder.context.here, &mut annotation);
            annotation.status = mark.status;
            annotation.origin = mark.origin.unwrap_or(annotation.origin);
            for (time, said) in [(&mut annotation.created, &mark.created), (&mut annotation.changed, &mark.changed)] {
                if let Some(said) = said {
                    *time = said.clone();
                }
            }
            match before.replace(id.clone()) {
                Some(before) => annotation.links.push(kept::fragment_of(before)),
                None => {
                    self.say(builder, &mark, &mut annotation);
                    self.links.push((self.annotations.len(), mark.links.clone(), mark.place, builder.file));
                    if !mark.id.is_empty() {
                        self.by_id.insert(of_file(builder.file, &mark.id), self.annotations.len());
                    }
                }
            }
            self.ids.insert(id.to_string(), self.annotations.len());
            self.annotations.push(annotation);
        }
    }

    /// What files hardly ever say of an annotation is as it is here, if it is here, so that nothing differs that
    /// nobody spoke of.
    fn fill(&self, here: &Workspace, annotation: &mut Annotation) {
        if let Some(known) = self.known(here, annotation) {
            (annotation.created, annotation.changed) = (known.created.clone(), known.changed.clone());
            (annotation.origin, annotation.extra) = (known.origin, known.extra.clone());
        }
    }

    /// The annotation that is here under the same id, if it is the same mark.
    fn known<'h>(&self, here: &'h Workspace, annotation: &Annotation) -> Option<&'h Rc<Annotation>> {
        let mut key = self.key.clone();
        if key.annotator.as_str() == UNNAMED {
            key.annotator = here.annotator().clone();
        }
        let known = here.sheet(&key)?.get(&annotation.id)?;
        Some(known).filter(|known| known.label == annotation.label && known.span == annotation.span)
    }

    /// The same label on the same words comes again. It is taken as it is: two people may have meant two things, and who
    /// checks the annotations is told of it.
    fn note_double(&mut self, builder: &mut Builder<'_>, mark: &MarkDraft, place: (LabelId, u32, u32)) {
        if !self.places.insert(place) {
            let message = format_args!("{}: the same label is on the same words already; both were taken", Named(mark));
            builder.tell(Severity::Note, mark.place, message);
        }
    }

    /// What is said of an annotation beside its label: attributes, note and unknown fields.
    fn say(&mut self, builder: &mut Builder<'_>, mark: &MarkDraft, annotation: &mut Annotation) {
        annotation.note = within(builder, mark, "note", &mark.note).into();
        let mut attributes = Vec::new();
        for (name, value) in &mark.attributes {
            match AttributeId::parse(name).filter(|_| attributes.len() < limits::LIST) {
                Some(id) => attributes.push((id, within(builder, mark, name, value).into())),
                None => {
                    let message =
                        format_args!("{}: its attribute “{}” was left out: no such name fits", Named(mark), clip(name));
                    builder.tell(Severity::Warning, mark.place, message);
                }
            }
        }
        annotation.attributes = ByKey::from(attributes);
        let extra = kept::keep(builder.format, &kept::with_id(&mark.id, "a-", mark.fields.clone()));
        if !extra.is_empty() {
            annotation.extra = extra;
        }
    }

    /// The id of an annotation. Those made here stay; those of other tools are unique in one article at best, so
    /// that the text's hash and the annotator go with them.
    fn free_id(&self, id: &str, label: &LabelId, span: Span, piece: usize) -> AnnotationId {
        let is_free = |id: &AnnotationId| !self.ids.contains_key(id.as_str());
        if id.starts_with("a-")
            && piece == 0
            && let Some(id) = AnnotationId::parse(id).filter(is_free)
        {
            return id;
        }
        let hash = short(&self.text);
        let whose = self.key.annotator.as_str();
        let own = match (id, piece) {
            ("", _) => format!("{label}-{}-{}", span.start().get(), span.end().get()),
            (id, 0) => id.to_owned(),
            (id, piece) => format!("{id}-{}", piece + 1),
        };
        let name = if whose.is_empty() { format!("a-{hash}-{own}") } else { format!("a-{hash}-{whose}-{own}") };
        // What is no id or there already becomes one by its hash, the same each time.
        let hashed = |round: usize| TextHash::of(&format!("{name} {label} {span} {round}"));
        let others = (0..).map(|round| AnnotationId::new(format!("a-{hash}-{}", &hashed(round).as_str()[..16])));
        AnnotationId::parse(&name).into_iter().chain(others).find(is_free).unwrap_or_else(|| AnnotationId::new(name))
    }

    /// Makes the links, now that all ids are known.
    fn link(&mut self, builder: &mut Builder<'_>) {
        for (at, links, place, file) in std::mem::take(&mut self.links) {
            builder.file = file;
            let mut made = Vec::new();
            for LinkDraft { kind, to, fields } in &links {
                let name = &self.annotations[at].id;
                let found = self.by_id.get(&of_file(builder.file, to)).or_else(|| self.ids.get(to));
                let found = found.map(|at| self.annotations[*at].id.clone());
                let why = match (LinkTypeId::parse(kind), found) {
                    (Some(kind), Some(to)) if made.len() < limits::LIST => {
                        let extra = kept::on_link(builder.format, kind.as_str(), fields);
                        made.push(Link { kind, to, extra });
                        continue;
                    }
                    (None, _) => "its kind has no name that fits",
                    (_, None) => "there is no such annotation, or it is by another annotator",
                    _ => "there is no room for more",
                };
                let message = format_args!(
                    "annotation “{name}”: its link “{}” to “{}” was left out: {why}",
                    clip(kind),
                    clip(to),
                );
                builder.tell(Severity::Warning, place, message);
            }
            self.annotations[at].links.extend(made);
            let annotation = &self.annotations[at];
            let known = self.known(builder.context.here, annotation).filter(|known| lead_alike(known, annotation));
            if let Some(links) = known.map(|known| known.links.clone()) {
                self.annotations[at].links = links;
            }
        }
        builder.file = 0;
    }

    /// Whose sheet it is, where the file does not say it: that of the annotator at work if nothing of theirs is
    /// there yet or nothing here is new, else one of its own, named after the format. Another file of the same import
    /// that does not say it either is somebody else's, even if both say the same.
    fn whose(&self, context: &Context<'_>, format: &str) -> AnnotatorCode {
        let here = context.here;
        let others =
            (1..).map(|n| AnnotatorCode::new(if n == 1 { format.to_owned() } else { format!("{format}-{n}") }));
        let has_room = |code: &AnnotatorCode| {
            let key = SheetKey { article: self.key.article.clone(), annotator: code.clone() };
            let fits = |sheet: &Sheet| {
                sheet.is_empty() || self.annotations.iter().all(|a| sheet.twin(&a.label, a.span).is_some())
            };
            !context.taken.contains(&key) && here.sheet(&key).is_none_or(fits)
        };
        let own = here.annotator().clone();
        std::iter::once(own.clone()).chain(others).find(has_room).unwrap_or(own)
    }
}

/// What an annotation is found by: ids are those of a file.
fn of_file(file: usize, id: &str) -> String {
    format!("{file} {id}")
}

/// Whether the links of two annotations lead to the same places in the same ways, and the second's say no more.
fn lead_alike(one: &Annotation, other: &Annotation) -> bool {
    let leads = |annotation: &Annotation| {
        let mut leads: Vec<_> = annotation.links.iter().map(|link| (link.kind.clone(), link.to.clone())).collect();
        leads.sort();
        leads
    };
    other.links.iter().all(|link| link.extra.is_empty()) && leads(one) == leads(other)
}

/// A text no longer than fits; says so where it was.
fn within(builder: &mut Builder<'_>, mark: &MarkDraft, what: &str, text: &str) -> String {
    let Some(start) = limits::start(text, limits::NOTE) else {
        return text.to_owned();
    };
    let message = format_args!(
        "{}: its {} is longer than {} characters, the most that fit; the rest was left out",
        Named(mark),
        clip(what),
        limits::NOTE,
    );
    builder.tell(Severity::Warning, mark.place, message);
    start.to_owned()
}

//! Reading a file: its texts, and what is annotated in each.

use super::types::{Role, Types, is_usual};
use super::{FORMAT, LABEL, NO_LANGUAGE, NOTE, QUOTATION, RELATION, SOFA, SPAN, STATUS, attribute};
use crate::formats::anchor::Unit;
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder, LinkDraft, MarkDraft, QuoteDraft};
use crate::formats::fields::{Kept, Reader, clip};
use crate::formats::file::InFile;
use crate::formats::json::{Document, Json, Kind};
use crate::formats::{Reading, Severity};
use crate::limits::DEPTH;
use crate::model::Status;
use std::collections::BTreeMap;

/// A feature structure.
struct Structure<'d> {
    at: Json<'d>,
    /// As other structures refer to it.
    id: &'d str,
    kind: &'d str,
    /// Its features by their names, with the mark of a reference.
    features: Vec<(&'d str, Json<'d>)>,
}

impl<'d> Structure<'d> {
    fn get(&self, name: &str) -> Option<Json<'d>> {
        self.features.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn text(&self, name: &str) -> Option<&'d str> {
        self.get(name)?.text().map(|(text, _)| text)
    }

    /// What a reference refers to.
    fn target(&self, name: &str) -> Option<&'d str> {
        self.get(name).filter(|value| value.kind() == Kind::Number).map(Json::source)
    }

    /// Start and end in the unit of the file.
    fn offsets(&self) -> Option<(u32, u32)> {
        // Some writers mark offsets as such.
        let offset = |name, marked| self.get(name).or_else(|| self.get(marked)).and_then(Json::integer);
        Some((offset("begin", "^begin")?, offset("end", "^end")?))
    }

    fn is_relation(&self) -> bool {
        self.get("@Governor").is_some() && self.get("@Dependent").is_some()
    }

    /// The last part of the name of its type.
    fn type_name(&self) -> &'d str {
        self.kind.rsplit('.').next().unwrap_or(self.kind)
    }
}

/// Reads a file.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let document = Document::parse(text);
    let mut reader = Reader::new(&document, &|_| {});
    let root = document.root().filter(|root| root.kind() == Kind::Object);
    let part = |name: &str| {
        let fields = root.into_iter().flat_map(Json::fields);
        fields.filter(|(key, _)| key.text().is_some_and(|(key, _)| key == name)).last().map(|(_, value)| value)
    };
    let Some(listed) = part("%FEATURE_STRUCTURES") else {
        let place = document.damage().map(|damage| document.place(damage.at));
        return Err(Refusal {
            place,
            message: "it has no “%FEATURE_STRUCTURES”, in which texts and annotations stand".into(),
        });
    };
    if let Some(damage) = document.damage() {
        let message = format_args!(
            "the file is cut off or damaged: expected {} here; what stands before was read",
            damage.expected
        );
        reader.report_byte(Severity::Error, damage.at, message);
    }
    let types = part("%TYPES");
    let mut file = File {
        structures: structures(&mut reader, listed),
        types: Types::of(types),
        by_id: BTreeMap::new(),
        articles: Vec::new(),
        marks: BTreeMap::new(),
        others: 0,
        slots: 0,
    };
    for (at, structure) in file.structures.iter().enumerate() {
        file.by_id.entry(structure.id).or_insert(at);
    }
    file.texts(&mut reader, types);
    file.annotations(&mut reader);
    file.links(&mut reader);
    let mut builder = Builder::new(FORMAT.id, context).counting(Unit::Utf16).believing();
    builder.take(reader.give());
    file.tell(&mut builder);
    file.articles.into_iter().for_each(|(_, article)| builder.add(article));
    Ok(builder.finish())
}

/// The feature structures: a list, or by their ids.
fn structures<'d>(reader: &mut Reader<'d>, listed: Json<'d>) -> Vec<Structure<'d>> {
    let mut structures = Vec::new();
    let by_id = listed.fields().map(|(id, value)| (id.text().map(|(id, _)| id), value));
    for (id, at) in listed.items().map(|value| (None, value)).chain(by_id) {
        let Some(object) = reader.object(at, "feature structure", "it was passed over") else { continue };
        let mut structure = Structure { at, id: id.unwrap_or_default(), kind: "", features: Vec::new() };
        for (name, value) in object.into_fields() {
            match name {
                "%ID" => structure.id = value.text().map_or(value.source(), |(id, _)| id),
                "%TYPE" => structure.kind = value.text().unwrap_or_default().0,
                _ => structure.features.push((name, value)),
            }
        }
        structures.push(structure);
    }
    structures
}

/// A file on its way.
struct File<'d> {
    structures: Vec<Structure<'d>>,
    types: Types<'d>,
    by_id: BTreeMap<&'d str, usize>,
    /// The articles by the ids of their texts.
    articles: Vec<(&'d str, ArticleDraft)>,
    /// Where the marks are, article and place in it, by their ids.
    marks: BTreeMap<&'d str, (usize, usize)>,
    /// Structures that are nothing here.
    others: usize,
    /// Links that stood in slots.
    slots: usize,
}

impl<'d> File<'d> {
    fn texts(&mut self, reader: &mut Reader<'d>, types: Option<Json<'d>>) {
        let mut kept = Kept::default();
        for (name, definition) in types.into_iter().flat_map(Json::fields) {
            let name = name.text().unwrap_or_default().0;
            if let Some(definition) = definition.compact(DEPTH).filter(|_| !is_usual(name, definition)) {
                kept.put(name, &definition);
            }
        }
        for structure in self.structures.iter().filter(|structure| structure.kind == SOFA) {
            match structure.text("sofaString") {
                Some(text) => {
                    let place = Some(reader.place(structure.at));
                    let mut article = ArticleDraft { text: text.to_owned(), place, ..ArticleDraft::default() };
                    article.fields.put_part("types", &kept);
                    self.articles.push((structure.id, article));
                }
                None => {
                    let message = format_args!("view: it has no text; what is annotated there was set aside");
                    reader.report(Severity::Warning, structure.at, message);
                }
            }
        }
    }

    /// The article that a structure is of.
    fn article(&self, structure: &Structure<'d>) -> Option<usize> {
        match structure.target("@sofa") {
            Some(sofa) => self.articles.iter().position(|(id, _)| *id == sofa),
            None => Some(0).filter(|_| !self.articles.is_empty()),
        }
    }

    fn annotations(&mut self, reader: &mut Reader<'d>) {
        for at in 0..self.structures.len() {
            let structure = &self.structures[at];
            let role = self.types.role(structure.kind);
            if structure.kind == SOFA || (role == Role::Label && structure.is_relation()) {
                continue;
            }
            match (role, self.article(structure)) {
                (Role::Document, Some(article)) => document(structure, &mut self.articles[article].1),
                (Role::Label, Some(article)) => {
                    let mark = mark(reader, structure);
                    let marks = &mut self.articles[article].1.marks;
                    self.marks.entry(structure.id).or_insert((article, marks.len()));
                    marks.push(mark);
                }
                (Role::Label, None) => {
                    reader.counts.set_aside += 1;
                    let message = format_args!(
                        "annotation “{}” of type “{}”: its text is not there; it was set aside",
                        clip(structure.id),
                        clip(structure.kind),
                    );
                    reader.report(Severity::Error, structure.at, message);
                }
                // Links in slots and the lists of them are counted where they are used.
                _ if structure.get("%ELEMENTS").is_some() || structure.get("@target").is_some() => {}
                _ => self.others += 1,
            }
        }
    }

    /// Relations, and features that refer to an annotation.
    fn links(&mut self, reader: &mut Reader<'d>) {
        let mut links: Vec<(&'d str, &'d str, LinkDraft, Json<'d>)> = Vec::new();
        for structure in &self.structures {
            if structure.is_relation() {
                if self.types.role(structure.kind) == Role::Label {
                    let ends = (structure.target("@Governor"), structure.target("@Dependent"));
                    if let (Some(from), Some(to)) = ends {
                        links.push((from, to, relation(structure), structure.at));
                    }
                } else {
                    self.others += 1;
                }
                continue;
            }
            if !self.marks.contains_key(structure.id) {
                continue;
            }
            for (name, value) in &structure.features {
                let Some(kind) = name.strip_prefix('@').filter(|kind| *kind != "sofa") else { continue };
                if value.kind() != Kind::Number {
                    continue;
                }
                let mut fields = Kept::default();
                fields.put("feature", "true");
                if self.marks.contains_key(value.source()) {
                    links.push((
                        structure.id,
                        value.source(),
                        LinkDraft { kind: attribute(kind), fields, ..LinkDraft::default() },
                        *value,
                    ));
                    continue;
                }
                for to in self.slot(value.source()) {
                    let link = LinkDraft { kind: attribute(kind), ..LinkDraft::default() };
                    links.push((structure.id, to, link, *value));
                    self.slots += 1;
                }
            }
        }
        for (from, to, link, at) in links {
            self.link(reader, from, to, link, at);
        }
    }

    /// What the links of a slot lead to.
    fn slot(&self, list: &str) -> Vec<&'d str> {
        let list = self.by_id.get(list).and_then(|at| self.structures[*at].get("%ELEMENTS"));
        let ids = list.into_iter().flat_map(Json::items).filter(|item| item.kind() == Kind::Number).map(Json::source);
        let target = |id| {
            let link = self.by_id.get(id).map(|at| &self.structures[*at]);
            link.and_then(|link| link.target("@target")).unwrap_or(id)
        };
        ids.map(target).filter(|id| self.marks.contains_key(id)).collect()
    }

    fn link(&mut self, reader: &mut Reader<'d>, from: &str, to: &str, link: LinkDraft, at: Json<'d>) {
        let ends = (self.marks.get(from).copied(), self.marks.get(to).copied());
        match ends {
            (Some((article, start)), Some((other, _))) if article == other => {
                let link = LinkDraft { to: to.to_owned(), ..link };
                self.articles[article].1.marks[start].links.push(link);
            }
            _ => {
                let message = format_args!(
                    "relation “{}” from “{}” to “{}”: one of its ends is no annotation of this text; it was left out",
                    clip(&link.kind),
                    clip(from),
                    clip(to),
                );
                reader.report(Severity::Warning, at, message);
            }
        }
    }

    fn tell(&self, builder: &mut Builder<'_>) {
        if self.others > 0 {
            let message = format_args!(
                "what is no label on words, such as tokens and sentences, was not kept, since INCEpTION makes it anew: {} in \
                 all",
                self.others,
            );
            builder.tell(Severity::Note, None, message);
        }
        if self.slots > 0 {
            let message =
                format_args!("links in slots became links, which are written as relations: {} in all", self.slots);
            builder.tell(Severity::Note, None, message);
        }
    }
}

/// What is known of a document.
fn document(structure: &Structure<'_>, article: &mut ArticleDraft) {
    let mut others = Kept::default();
    for (name, value) in &structure.features {
        let text = value.text().map(|(text, _)| text);
        match (*name, text) {
            ("documentTitle", Some(title)) => article.title = title.to_owned(),
            ("documentId", Some(id)) => article.id = id.to_owned(),
            ("language", Some(NO_LANGUAGE)) | ("@sofa" | "begin" | "end" | "%FLAGS", _) => {}
            (name, _) if !name.starts_with('@') => {
                value.compact(DEPTH).into_iter().for_each(|value| others.put(name, &value));
            }
            _ => {}
        }
    }
    article.fields.put_part("document", &others);
}

fn mark<'d>(reader: &mut Reader<'d>, structure: &Structure<'d>) -> MarkDraft {
    reader.count(structure.at);
    let mut mark = MarkDraft {
        id: structure.id.to_owned(),
        pieces: structure.offsets().into_iter().collect(),
        place: Some(reader.place(structure.at)),
        ..MarkDraft::default()
    };
    let label_in = [LABEL, "value"].into_iter().find(|name| structure.text(name).is_some_and(|text| !text.is_empty()));
    mark.label = label_in.and_then(|name| structure.text(name)).unwrap_or_else(|| structure.type_name()).to_owned();
    if structure.kind != SPAN {
        mark.fields.put_text("type", structure.kind);
    }
    if label_in != Some(LABEL) {
        mark.fields.put_text("label-in", label_in.unwrap_or_default());
    }
    let mut others = Kept::default();
    for (name, value) in &structure.features {
        let text = reader.decode(*value);
        match (*name, text) {
            ("begin" | "end" | "^begin" | "^end" | "%FLAGS", _) => {}
            (name, _) if Some(name) == label_in || name.starts_with('@') || value.kind() == Kind::Null => {}
            (NOTE, Some(note)) => mark.note = note.to_owned(),
            (QUOTATION, Some(words)) => mark.quote = Some(QuoteDraft::new(words)),
            (STATUS, Some(words)) if Status::parse(words).is_some() => {
                mark.status = Status::parse(words).unwrap_or_default();
            }
            (name, Some(text)) => mark.attributes.push((attribute(name), text.to_owned())),
            (name, None) => value.compact(DEPTH).into_iter().for_each(|value| others.put(name, &value)),
        }
    }
    mark.fields.put_part("features", &others);
    mark
}

fn relation(structure: &Structure<'_>) -> LinkDraft {
    let mut link = LinkDraft::default();
    let label_in = [LABEL, "value"].into_iter().find(|name| structure.text(name).is_some_and(|text| !text.is_empty()));
    link.kind = label_in.and_then(|name| structure.text(name)).unwrap_or_else(|| structure.type_name()).to_owned();
    if structure.kind != RELATION {
        link.fields.put_text("type", structure.kind);
    }
    if label_in != Some(LABEL) {
        link.fields.put_text("label-in", label_in.unwrap_or_default());
    }
    let mut others = Kept::default();
    for (name, value) in &structure.features {
        let is_known = matches!(*name, "begin" | "end" | "^begin" | "^end" | "%FLAGS") || Some(*name) == label_in;
        if !is_known && !name.starts_with('@') && value.kind() != Kind::Null {
            value.compact(DEPTH).into_iter().for_each(|value| others.put(name, &value));
        }
    }
    link.fields.put_part("features", &others);
    link
}

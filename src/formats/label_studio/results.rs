//! The results of a task: labels on words, what is said of them, and relations between them.

use super::{LABEL, TEXT, is_choice};
use crate::formats::Severity;
use crate::formats::catalog::Context;
use crate::formats::draft::{ArticleDraft, LinkDraft, MarkDraft, QuoteDraft};
use crate::formats::fields::{Kept, Object, Reader, clip};
use crate::formats::json::{Json, Kind};
use crate::formats::names::unescaped;
use crate::limits::DEPTH;
use std::collections::BTreeMap;

/// What one annotator or model said of a task.
#[derive(Default)]
pub(super) struct Entry<'d> {
    /// Empty where the file does not say.
    pub(super) annotator: String,
    pub(super) is_prediction: bool,
    pub(super) regions: Vec<Region>,
    /// Results about a region, or about the whole text.
    pub(super) said: Vec<Said<'d>>,
    pub(super) relations: Vec<Relation<'d>>,
}

/// A label on words.
pub(super) struct Region {
    pub(super) mark: MarkDraft,
    /// Results about it that nothing here shows, each as JSON.
    raw: Vec<String>,
    /// Which of its attributes are chosen from values, where the label scheme does not say so.
    types: Kept,
}

pub(super) struct Said<'d> {
    at: Json<'d>,
    region: String,
    /// The name and the value of an attribute, whether it was chosen from values; `None` of what is none.
    attribute: Option<(String, String, bool)>,
}

pub(super) struct Relation<'d> {
    at: Json<'d>,
    from: String,
    to: String,
    links: Vec<LinkDraft>,
}

/// Reads a result.
pub(super) fn result<'d>(reader: &mut Reader<'d>, at: Json<'d>, entry: &mut Entry<'d>, context: &Context<'_>) {
    let Some(mut object) = reader.object(at, "result", "it was left out") else { return };
    let kind = reader.name(&mut object, "type");
    match kind.as_str() {
        "labels" => region(reader, object, entry),
        "relation" => relation(reader, object, entry),
        _ => said(reader, object, &kind, entry, context),
    }
}

fn region<'d>(reader: &mut Reader<'d>, mut object: Object<'d>, entry: &mut Entry<'d>) {
    let at = object.at;
    reader.count(at);
    let place = Some(reader.place(at));
    let mut mark = MarkDraft { id: reader.name(&mut object, "id"), place, ..MarkDraft::default() };
    mark.annotator.clone_from(&entry.annotator);
    let mut labels = Vec::new();
    if let Some(mut value) = object.take("value").and_then(|value| reader.object(value, "value", "left out")) {
        let offsets = [reader.name(&mut value, "start"), reader.name(&mut value, "end")];
        if let [Ok(start), Ok(end)] = offsets.map(|offset| offset.parse()) {
            mark.pieces.push((start, end));
        }
        let words = reader.optional(&mut value, "text", "read as if there were none");
        // Other programs write line breaks as they are.
        mark.quote = words.map(|words| QuoteDraft::new(super::quoted(words)));
        for label in reader.list(&mut value, "labels", usize::MAX, "read as if there were none").unwrap_or_default() {
            labels.extend(reader.decode(label).map(str::to_owned));
        }
        mark.fields.put_part("value", &reader.rest(value));
    }
    for (name, usual) in [("from_name", LABEL), ("to_name", TEXT)] {
        let found = reader.name(&mut object, name);
        if found != usual && !found.is_empty() {
            mark.fields.put_text(name, &found);
        }
    }
    meta(reader, &mut object, &mut mark);
    let rest = reader.rest(object);
    mark.fields.append(&rest);
    if labels.len() > 1 {
        let message = format_args!("region “{}”: it has {} labels; each became an annotation", mark.id, labels.len());
        reader.report(Severity::Note, at, message);
    }
    let mut labels = labels.into_iter();
    mark.label = labels.next().unwrap_or_default();
    let others = labels.map(|label| MarkDraft {
        label,
        annotator: mark.annotator.clone(),
        pieces: mark.pieces.clone(),
        quote: mark.quote.clone(),
        place: mark.place,
        fields: mark.fields.clone(),
        ..MarkDraft::default()
    });
    let others: Vec<_> = others.collect();
    let region = |mark| Region { mark, raw: Vec::new(), types: Kept::default() };
    entry.regions.push(region(mark));
    entry.regions.extend(others.into_iter().map(region));
}

/// The note on a region.
fn meta<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, mark: &mut MarkDraft) {
    if object.peek("meta").kind() != Kind::Object || !object.has("meta") {
        return;
    }
    let Some(mut meta) = object.take("meta").and_then(|meta| reader.object(meta, "meta", "left out")) else { return };
    if let Some(text) = meta.take("text") {
        let lines: Vec<&str> = match text.kind() {
            Kind::List => text.items().filter_map(|line| reader.decode(line)).collect(),
            _ => reader.decode(text).into_iter().collect(),
        };
        mark.note = lines.join("\n");
    }
    mark.fields.put_part("meta", &reader.rest(meta));
}

fn relation<'d>(reader: &mut Reader<'d>, mut object: Object<'d>, entry: &mut Entry<'d>) {
    let at = object.at;
    let [from, to] = ["from_id", "to_id"].map(|name| reader.name(&mut object, name));
    let direction = reader.name(&mut object, "direction");
    let found = reader.list(&mut object, "labels", usize::MAX, "read as if there were none").unwrap_or_default();
    let mut kinds: Vec<String> = found.iter().filter_map(|kind| reader.decode(*kind)).map(str::to_owned).collect();
    let mut fields = reader.rest(object);
    if kinds.is_empty() {
        kinds.push("relation".into());
        fields.put("labels", "[]");
    }
    if !matches!(direction.as_str(), "" | "right") {
        fields.put_text("direction", &direction);
    }
    // An arrow to the left leads from the second to the first.
    let (from, to) = if direction == "left" { (to, from) } else { (from, to) };
    let link = |kind| LinkDraft { kind, to: to.clone(), fields: fields.clone() };
    let links = kinds.into_iter().map(link).collect();
    entry.relations.push(Relation { at, from, to: to.clone(), links });
}

/// What is said of a region, or of the whole text.
fn said<'d>(reader: &mut Reader<'d>, mut object: Object<'d>, kind: &str, entry: &mut Entry<'d>, context: &Context<'_>) {
    let at = object.at;
    let region = reader.name(&mut object, "id");
    let name = unescaped(&reader.name(&mut object, "from_name"));
    let field = match kind {
        "choices" => "choices",
        "textarea" => "text",
        _ => "",
    };
    let value = object.take("value").and_then(|value| {
        value.fields().find(|(name, _)| name.text().is_some_and(|(name, _)| name == field)).map(|(_, value)| value)
    });
    let words: Vec<&str> = value.map_or_else(Vec::new, |value| match value.kind() {
        Kind::List => value.items().filter_map(|item| reader.decode(item)).collect(),
        _ => reader.decode(value).into_iter().collect(),
    });
    let attribute = match words.as_slice() {
        [words] if !name.is_empty() => {
            let is_choice = is_choice(context.here.scheme(), &name);
            let is_unusual = is_choice != (kind == "choices");
            Some((name, (*words).to_owned(), is_unusual))
        }
        _ => None,
    };
    entry.said.push(Said { at, region, attribute });
}

/// Puts what was said to the regions, and the regions to the article; gives results about the whole text, each as
/// JSON. Counts what nothing here shows.
pub(super) fn join<'d>(
    reader: &mut Reader<'d>,
    entries: Vec<Entry<'d>>,
    article: &mut ArticleDraft,
    kept: &mut usize,
) -> Vec<String> {
    let mut of_text = Vec::new();
    let mut marks: Vec<Region> = Vec::new();
    // By annotator and id, for links between what is confirmed and what is not.
    let mut anywhere: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut relations = Vec::new();
    for entry in entries {
        let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
        for region in entry.regions {
            let id = region.mark.id.clone();
            if !id.is_empty() {
                by_id.entry(id.clone()).or_insert(marks.len());
                anywhere.entry((entry.annotator.clone(), id)).or_insert(marks.len());
            }
            marks.push(region);
        }
        for said in entry.said {
            match by_id.get(&said.region) {
                Some(&at) => say(reader, said, &mut marks[at], kept),
                None => {
                    *kept += 1;
                    of_text.extend(said.at.compact(DEPTH).filter(|_| !entry.is_prediction));
                }
            }
        }
        relations.extend(entry.relations.into_iter().map(|relation| {
            let from = by_id.get(&relation.from).copied();
            (entry.annotator.clone(), from, relation)
        }));
    }
    for (annotator, from, relation) in relations {
        let from = from.or_else(|| anywhere.get(&(annotator, relation.from.clone())).copied());
        match from {
            Some(from) => marks[from].mark.links.extend(relation.links),
            None => {
                let message = format_args!(
                    "relation from “{}” to “{}”: there is no region “{}”; it was left out",
                    clip(&relation.from),
                    clip(&relation.to),
                    clip(&relation.from),
                );
                reader.report(Severity::Warning, relation.at, message);
            }
        }
    }
    article.marks = marks.into_iter().map(Region::into_mark).collect();
    of_text
}

fn say<'d>(reader: &mut Reader<'d>, said: Said<'d>, region: &mut Region, kept: &mut usize) {
    match said.attribute {
        Some((name, value, is_unusual)) if region.mark.attributes.iter().all(|(known, _)| *known != name) => {
            if is_unusual {
                region.types.put(&name, "true");
            }
            region.mark.attributes.push((name, value));
        }
        _ => {
            *kept += 1;
            match said.at.compact(DEPTH) {
                Some(raw) => region.raw.push(raw),
                None => {
                    let message = format_args!("result: it is cut off or nests too deep; it was left out");
                    reader.report(Severity::Warning, said.at, message);
                }
            }
        }
    }
}

impl Region {
    fn into_mark(mut self) -> MarkDraft {
        self.mark.fields.put_list("results", &self.raw);
        self.mark.fields.put_part("other-tag", &self.types);
        self.mark
    }
}

//! Reading lines, in every form that Prodigy, spaCy and Hugging Face give them.

use super::{FORMAT, META};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder, LinkDraft, MarkDraft, QuoteDraft};
use crate::formats::fields::{Object, Reader, clip};
use crate::formats::file::InFile;
use crate::formats::json::{Json, Kind};
use crate::formats::{Reading, Severity, rows};
use crate::limits;
use crate::model::Status;
use std::collections::BTreeMap;

/// Reads a file.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let mut builder = Builder::new(FORMAT.id, context);
    let mut seen = Seen::default();
    let found = rows::each(text, &mut |reader, row| {
        if let Some(article) = line(reader, row, &mut seen) {
            builder.add(article);
        }
    })?;
    builder.take(found);
    if seen.tokens > 0 {
        let message = format_args!("the tokens of {} lines were not kept; writing makes them anew", seen.tokens);
        builder.tell(Severity::Note, None, message);
    }
    Ok(builder.finish())
}

/// What is said once for all lines.
#[derive(Default)]
struct Seen {
    /// Lines with tokens.
    tokens: usize,
}

/// Reads a line; `None` with an issue where it has no text.
fn line<'d>(reader: &mut Reader<'d>, row: Json<'d>, seen: &mut Seen) -> Option<ArticleDraft> {
    if row.kind() == Kind::List {
        return training(reader, row);
    }
    const INSTEAD: &str = "the line was passed over";
    let mut object = reader.object(row, "line", INSTEAD)?;
    let Some(text) = reader.optional(&mut object, "text", INSTEAD).map(str::to_owned) else {
        reader.report(
            Severity::Error,
            row,
            format_args!("line: it has no text, which should be its field “text”; {INSTEAD}"),
        );
        reader.counts.set_aside += object.take("spans").map_or(0, |spans| spans.items().count());
        return None;
    };
    let mut article = ArticleDraft {
        id: reader.name(&mut object, "id"),
        text,
        place: Some(reader.place(row)),
        ..ArticleDraft::default()
    };
    let annotator = reader.name(&mut object, "_annotator_id");
    let mut spans = spans(reader, &mut object);
    if object.take("tokens").is_some() {
        seen.tokens += 1;
    }
    relations(reader, &mut object, &mut spans);
    article.marks = spans.into_iter().map(|span| span.mark).collect();
    meta(reader, &mut object, &mut article);
    answer(reader, &mut object, &mut article.marks);
    for mark in &mut article.marks {
        mark.annotator.clone_from(&annotator);
    }
    let part = std::mem::take(&mut article.fields);
    article.fields = reader.rest(object);
    article.fields.append(&part);
    Some(article)
}

/// A span of a line.
struct Marked {
    mark: MarkDraft,
    /// The last of its tokens, by which relations may call it.
    last_token: Option<u32>,
}

/// The spans of a line: a list, those of `Doc.to_json` under `ents`, or lists by their group.
fn spans<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Vec<Marked> {
    let mut marks = Vec::new();
    for name in ["spans", "ents"] {
        let Some(value) = object.take(name) else { continue };
        match value.kind() {
            Kind::List => marks.extend(value.items().filter_map(|at| span(reader, at, ""))),
            Kind::Object => {
                for (group, list) in value.fields() {
                    let group = group.text().unwrap_or_default().0;
                    marks.extend(list.items().filter_map(|at| span(reader, at, group)));
                }
            }
            Kind::Null => {}
            _ => reader.wrong(object, name, value, "a list", "read as if there were none"),
        }
    }
    marks
}

fn span<'d>(reader: &mut Reader<'d>, at: Json<'d>, group: &str) -> Option<Marked> {
    let Some(mut object) = reader.object(at, "span", "it was set aside") else {
        reader.counts.set_aside += 1;
        return None;
    };
    let mut mark =
        MarkDraft { label: reader.name(&mut object, "label"), place: Some(reader.place(at)), ..MarkDraft::default() };
    mark.id = reader.name(&mut object, "id");
    mark.pieces.extend(offsets(reader, &mut object));
    // Places of tokens say nothing that the offsets do not.
    object.take("token_start");
    let last_token = object.take("token_end").and_then(Json::integer);
    let quote = reader.optional(&mut object, "text", "read as if there were none");
    mark.quote = quote.map(QuoteDraft::new);
    mark.note = reader.optional(&mut object, "note", "left empty").unwrap_or_default().to_owned();
    if let Some(words) = reader.optional(&mut object, "status", "taken as confirmed") {
        mark.status = Status::parse(words).unwrap_or_else(|| {
            reader.unknown(&object, "status", at, words, "taken as confirmed");
            Status::Confirmed
        });
    }
    mark.attributes = attributes(reader, &mut object);
    if !group.is_empty() {
        mark.attributes.push(("group".into(), group.into()));
    }
    mark.fields = reader.rest(object);
    Some(Marked { mark, last_token })
}

/// The fields `start` and `end`, where both are offsets.
fn offsets<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Option<(u32, u32)> {
    reader.offset(object, "start").zip(reader.offset(object, "end"))
}

/// A list of names and values, or an object of them.
fn attributes<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let Some(value) = object.take("attributes") else { return attributes };
    match value.kind() {
        Kind::List => {
            for at in value.items().take(limits::LIST + 1) {
                if let Some(mut attribute) = reader.object(at, "attribute", "it was left out") {
                    attributes.push((reader.name(&mut attribute, "name"), reader.name(&mut attribute, "value")));
                }
            }
        }
        Kind::Object => {
            for (name, value) in value.fields().take(limits::LIST + 1) {
                let words = value.text().map_or(value.source(), |(words, _)| words);
                attributes.push((name.text().unwrap_or_default().0.to_owned(), words.to_owned()));
            }
        }
        Kind::Null => {}
        _ => reader.wrong(object, "attributes", value, "a list", "none were taken"),
    }
    attributes
}

/// What relations may call the spans of a line by.
#[derive(Default)]
struct Ends {
    by_id: BTreeMap<String, usize>,
    by_place: BTreeMap<(u32, u32), Vec<usize>>,
    by_last_token: BTreeMap<u32, usize>,
}

impl Ends {
    fn of(spans: &[Marked]) -> Self {
        let mut ends = Self::default();
        // Of several that are called the same the first is meant.
        for (at, Marked { mark, last_token }) in spans.iter().enumerate() {
            if !mark.id.is_empty() {
                ends.by_id.entry(mark.id.clone()).or_insert(at);
            }
            if let Some(place) = mark.pieces.first() {
                ends.by_place.entry(*place).or_default().push(at);
            }
            if let Some(token) = last_token {
                ends.by_last_token.entry(*token).or_insert(at);
            }
        }
        ends
    }

    /// The span that a relation starts or ends at: by its id, by its offsets and label, or by its last token.
    fn find<'d>(
        &self,
        reader: &mut Reader<'d>,
        relation: &mut Object<'d>,
        [id, token, span]: [&'static str; 3],
        spans: &[Marked],
    ) -> Option<usize> {
        let (id, token, place) = (reader.name(relation, id), relation.take(token), relation.take(span));
        if !id.is_empty() {
            return self.by_id.get(&id).copied();
        }
        let place = place.filter(|at| at.kind() == Kind::Object).and_then(|at| reader.object(at, span, "passed over"));
        if let Some(mut object) = place {
            let label = reader.name(&mut object, "label");
            let there = self.by_place.get(&offsets(reader, &mut object)?)?;
            return there.iter().find(|at| spans[**at].mark.label == label).or(there.first()).copied();
        }
        self.by_last_token.get(&token?.integer()?).copied()
    }

    /// The id of a span; one that has none gets one that no other has.
    fn id(&mut self, at: usize, span: &mut Marked) -> String {
        if span.mark.id.is_empty() {
            let free = (at + 1..).map(|number| number.to_string()).find(|id| !self.by_id.contains_key(id));
            span.mark.id = free.unwrap_or_default();
            self.by_id.insert(span.mark.id.clone(), at);
        }
        span.mark.id.clone()
    }
}

/// Links by the ids of spans or, as Prodigy has them, by their offsets or by their last tokens.
fn relations<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, spans: &mut [Marked]) {
    let mut ends = Ends::of(spans);
    for at in reader.list(object, "relations", usize::MAX, "none were taken").unwrap_or_default() {
        let Some(mut relation) = reader.object(at, "relation", "it was left out") else { continue };
        let kind = reader.name(&mut relation, "label");
        let from = ends.find(reader, &mut relation, ["from", "head", "head_span"], spans);
        let to = ends.find(reader, &mut relation, ["to", "child", "child_span"], spans);
        let (Some(from), Some(to)) = (from, to) else {
            let kind = clip(&kind);
            let message = format_args!("relation “{kind}”: one of its ends is no span of the line; it was left out");
            reader.report(Severity::Warning, at, message);
            continue;
        };
        let to = ends.id(to, &mut spans[to]);
        let fields = reader.rest(relation);
        spans[from].mark.links.push(LinkDraft { kind, to, fields });
    }
}

/// What is known of the article.
fn meta<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, article: &mut ArticleDraft) {
    if object.peek("meta").kind() != Kind::Object || !object.has("meta") {
        return;
    }
    let Some(mut meta) = object.take("meta").and_then(|at| reader.object(at, "meta", "left out")) else { return };
    for (name, fact) in META.iter().zip([
        &mut article.title,
        &mut article.source,
        &mut article.date,
        &mut article.byline,
        &mut article.extractor,
    ]) {
        *fact = reader.name(&mut meta, name);
    }
    article.fields.put_part("meta", &reader.rest(meta));
}

/// What was answered in Prodigy: what was not accepted, nobody stands behind.
fn answer<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, marks: &mut [MarkDraft]) {
    let at = object.peek("answer");
    match at.text() {
        Some(("reject" | "ignore", _)) if object.has("answer") && !marks.is_empty() => {
            marks.iter_mut().for_each(|mark| mark.status = Status::Proposed);
            let message = format_args!("line: its annotations were not accepted there, so they were taken as proposed");
            reader.report(Severity::Note, at, message);
        }
        _ => {}
    }
}

/// A tuple of spaCy's training data: a text, and `entities` or `spans` by their group.
fn training<'d>(reader: &mut Reader<'d>, row: Json<'d>) -> Option<ArticleDraft> {
    let mut items = row.items();
    let text = items.next().and_then(|text| reader.decode(text));
    let said = items.next().filter(|said| said.kind() == Kind::Object);
    let (Some(text), Some(said)) = (text, said) else {
        reader.report(Severity::Error, row, format_args!("line: expected a text and what is said of it; passed over"));
        return None;
    };
    let mut article = ArticleDraft { text: text.to_owned(), place: Some(reader.place(row)), ..ArticleDraft::default() };
    let mut object = reader.object(said, "line", "passed over")?;
    let entities = object.take("entities").into_iter().flat_map(Json::items);
    article.marks.extend(entities.filter_map(|at| tuple(reader, at, "")));
    for (group, list) in object.take("spans").into_iter().flat_map(Json::fields) {
        let group = group.text().unwrap_or_default().0;
        article.marks.extend(list.items().filter_map(|at| tuple(reader, at, group)));
    }
    article.fields = reader.rest(object);
    Some(article)
}

/// A span as a list of start, end and label.
fn tuple<'d>(reader: &mut Reader<'d>, at: Json<'d>, group: &str) -> Option<MarkDraft> {
    let mut items = at.items();
    let (start, end) = (items.next().and_then(Json::integer), items.next().and_then(Json::integer));
    let label = items.next().and_then(|label| reader.decode(label));
    let (Some(start), Some(end), Some(label)) = (start, end, label) else {
        reader.counts.set_aside += 1;
        let message = format_args!("span: expected a list of start, end and label; it was set aside");
        reader.report(Severity::Error, at, message);
        return None;
    };
    let group = Some(("group".to_owned(), group.to_owned())).filter(|(_, group)| !group.is_empty());
    Some(MarkDraft {
        label: label.to_owned(),
        pieces: vec![(start, end)],
        attributes: group.into_iter().collect(),
        place: Some(reader.place(at)),
        ..MarkDraft::default()
    })
}

//! Reading an export, an answer of the API, or annotations alone.

use super::{FORMAT, LISTS, tags, user, user_name};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{Builder, MarkDraft};
use crate::formats::fields::{Kept, Object, Reader};
use crate::formats::file::InFile;
use crate::formats::iri::{self, Thing};
use crate::formats::json::{Json, Kind};
use crate::formats::{Reading, Severity, Unit, cited, whole};
use crate::limits;
use crate::model::Article;
use std::collections::BTreeMap;

/// Reads a file.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let mut pages = Pages::default();
    let issues = whole::read(text, context.progress, &mut |reader, value| pages.value(reader, value))?;
    let mut builder = Builder::new(FORMAT.id, context).counting(Unit::Utf16);
    builder.take(issues);
    for page in pages.pages {
        let id = iri::id(Thing::Article, &page.uri);
        let named = |article: &Article| {
            id.as_deref() == Some(article.id.as_str())
                || article.source.split(", ").any(|part| part == page.uri)
                || (!page.title.is_empty() && article.title == page.title)
        };
        cited::give(&mut builder, context.here, &page.uri, &named, Unit::Utf16, page.marks);
    }
    Ok(builder.finish())
}

/// The annotations by the page that they are on.
#[derive(Default)]
struct Pages {
    pages: Vec<Page>,
    by_uri: BTreeMap<String, usize>,
}

struct Page {
    uri: String,
    title: String,
    marks: Vec<MarkDraft>,
}

impl Pages {
    /// A value that is an annotation, or has a list of some.
    fn value<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>) {
        let listed = |name: &str| {
            let found = at.fields().find(|(key, _)| key.text().is_some_and(|(key, _)| key == name));
            found.map(|(_, list)| list).filter(|list| list.kind() == Kind::List)
        };
        let list = if at.kind() == Kind::List { Some(at) } else { LISTS.iter().find_map(|name| listed(name)) };
        match list {
            Some(list) => list.items().for_each(|at| self.annotation(reader, at)),
            None => self.annotation(reader, at),
        }
    }

    fn annotation<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>) {
        const INSTEAD: &str = "it was set aside";
        reader.count(at);
        let why = if at.is_whole() { self.whole(reader, at) } else { Some("the file ends before it does") };
        if let Some(why) = why {
            reader.counts.set_aside += 1;
            if !why.is_empty() {
                reader.report(Severity::Error, at, format_args!("annotation: {why}; {INSTEAD}"));
            }
        }
    }

    /// Takes an annotation; why it can't be taken, which is empty where that was said already.
    fn whole<'d>(&mut self, reader: &mut Reader<'d>, at: Json<'d>) -> Option<&'static str> {
        let Some(mut object) = reader.object(at, "annotation", "it was set aside") else { return Some("") };
        if object.peek("references").items().next().is_some() && object.has("references") {
            return Some("it is an answer to another one, and stands on no words of its own");
        }
        let mut mark =
            MarkDraft { id: reader.name(&mut object, "id"), place: Some(reader.place(at)), ..MarkDraft::default() };
        mark.created = reader.moment_if_any(&mut object, "created");
        mark.changed = reader.moment_if_any(&mut object, "updated");
        mark.note = reader.optional(&mut object, "text", "left empty").unwrap_or_default().to_owned();
        let mut kept = Kept::default();
        let by = reader.name(&mut object, "user");
        mark.annotator = user_name(&by).to_owned();
        if !by.is_empty() && by != user(&mark.annotator) {
            kept.put_text("user", &by);
        }
        let uri = reader.name(&mut object, "uri");
        let is_own = iri::id(Thing::Article, &uri).is_some();
        if !is_own {
            kept.put_text("uri", &uri);
        }
        let title = title(object.peek("document"));
        if is_own {
            object.take("document");
        }
        tagged(reader, &mut object, &mut mark, &mut kept);
        target(reader, &mut object, &uri, &mut mark, &mut kept);
        if mark.quote.is_none() {
            return Some("it is on no words: a note on all of the page");
        }
        kept.append(&reader.rest(object));
        mark.fields = kept;
        self.page(uri, title).marks.push(mark);
        None
    }

    fn page(&mut self, uri: String, title: String) -> &mut Page {
        let at = *self.by_uri.entry(uri.clone()).or_insert(self.pages.len());
        if at == self.pages.len() {
            self.pages.push(Page { uri, title, marks: Vec::new() });
        }
        &mut self.pages[at]
    }
}

/// The title of the page, which is a text or the first of a list.
fn title(document: Json<'_>) -> String {
    let title = document.fields().find(|(name, _)| name.text().is_some_and(|(name, _)| name == "title"));
    let text = |(_, value): (Json<'_>, Json<'_>)| {
        let text = if value.kind() == Kind::List { value.items().next()?.text() } else { value.text() };
        text.map(|(text, _)| text.to_owned())
    };
    title.and_then(text).unwrap_or_default()
}

/// Takes the tags; those that are neither label nor attribute are kept, and that there was none at all.
fn tagged<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, mark: &mut MarkDraft, kept: &mut Kept) {
    let list = reader.list(object, "tags", limits::LIST, "read as if there were none").unwrap_or_default();
    let tags: Vec<String> = list.into_iter().filter_map(|tag| reader.decode(tag)).map(str::to_owned).collect();
    let is_untagged = tags.is_empty();
    let others = tags::take(tags, mark);
    let mut quoted = Vec::new();
    for tag in others {
        let mut text = crate::formats::json::Writer::compact();
        text.text(&tag);
        quoted.push(text.finish());
    }
    if is_untagged {
        kept.put("tags", "[]");
    }
    kept.put_list("tags", &quoted);
}

/// Takes position and quotation from the first target; what else it says is kept.
fn target<'d>(reader: &mut Reader<'d>, object: &mut Object<'d>, uri: &str, mark: &mut MarkDraft, kept: &mut Kept) {
    let list = reader.list(object, "target", limits::LIST, "read as if there were none").unwrap_or_default();
    let Some(mut target) = list.first().and_then(|at| reader.object(*at, "target", "left out")) else { return };
    let mut part = Kept::default();
    let source = reader.name(&mut target, "source");
    if source != uri {
        part.put_text("source", &source);
    }
    let mut others = Vec::new();
    let selectors = reader.list(&mut target, "selector", limits::LIST, "read as if there were none");
    for at in selectors.unwrap_or_default() {
        let Some(mut selector) = reader.object(at, "selector", "left out") else { continue };
        match selector.peek("type").text() {
            Some(("TextPositionSelector", _)) => {
                let (start, end) = (selector.take("start"), selector.take("end"));
                mark.pieces.extend(start.and_then(Json::integer).zip(end.and_then(Json::integer)));
            }
            Some(("TextQuoteSelector", _)) => {
                let [exact, prefix, suffix] = ["exact", "prefix", "suffix"]
                    .map(|name| reader.optional(&mut selector, name, "left out").unwrap_or_default());
                mark.quote = Some(cited::quotation(exact, prefix, suffix)).filter(|quote| !quote.exact.is_empty());
            }
            _ => others.extend(at.compact(limits::DEPTH)),
        }
    }
    mark.pieces.truncate(1);
    part.put_list("selector", &others);
    part.append(&reader.rest(target));
    kept.put_part("target", &part);
}

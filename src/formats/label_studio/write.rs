//! Writing tasks, and the labelling configuration for them.

use super::config::Tags;
use super::{FACTS, FORMAT, LABEL, TEXT, config, is_choice, quoted, tag_name};
use crate::formats::catalog::Job;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::json::{Document, Writer};
use crate::formats::kept;
use crate::model::*;
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let scheme = workspace.scheme();
    let mut tasks = Tasks { w: Writer::lined(2, 0), scheme, tags: Tags::default() };
    tasks.w.open('[');
    for article in job.articles(workspace) {
        let sheets = workspace.sheets_of(&article.id);
        let sheets = sheets.map(|(code, sheet)| Whole::of(code, sheet.iter().cloned().collect()));
        tasks.task(article, &sheets.collect::<Vec<_>>());
    }
    tasks.w.close(']');
    let mut files = job.file(FORMAT.extensions[0], tasks.w.finish() + "\n");
    files.extend(job.file("xml", config::write(scheme, &tasks.tags)));
    files
}

/// A sheet.
struct Whole<'a> {
    code: &'a AnnotatorCode,
    annotations: Vec<Rc<Annotation>>,
    /// Ids in the file.
    ids: BTreeMap<AnnotationId, String>,
}

impl<'a> Whole<'a> {
    fn of(code: &'a AnnotatorCode, annotations: Vec<Rc<Annotation>>) -> Self {
        let ids = kept::written_ids(&annotations, FORMAT.id);
        Self { code, annotations, ids }
    }

    /// The annotations with a status, by what is kept of the list that they came in. Those that came in none go with
    /// the first.
    fn lists(&self, status: Status, part: &str) -> Vec<Vec<&Annotation>> {
        let mut lists: Vec<(String, Vec<&Annotation>)> = Vec::new();
        for annotation in self.annotations.iter().filter(|annotation| annotation.status == status) {
            let mut came_in = String::new();
            kept::each_field(&annotation.extra, FORMAT.id, |name, value| {
                if name == part {
                    came_in = value.source().to_owned();
                }
            });
            match lists.iter_mut().find(|(list, _)| *list == came_in) {
                Some((_, list)) => list.push(annotation),
                None => lists.push((came_in, vec![annotation])),
            }
        }
        // Two pieces of work by one annotator are one here.
        if status == Status::Confirmed && lists.len() > 1 {
            return vec![lists.into_iter().flat_map(|(_, list)| list).collect()];
        }
        lists.into_iter().map(|(_, list)| list).collect()
    }
}

struct Tasks<'a> {
    w: Writer,
    scheme: &'a LabelScheme,
    tags: Tags,
}

impl Tasks<'_> {
    fn task(&mut self, article: &Article, sheets: &[Whole<'_>]) {
        self.w.item();
        self.w.open('{');
        kept::each_field(&article.extra, FORMAT.id, |name, value| {
            if name == kept::ID {
                self.w.field(name);
                self.w.copy(value);
            }
        });
        self.data(article);
        self.w.field("annotations");
        self.w.open('[');
        let mut of_text = Vec::new();
        kept::each_field(&article.extra, FORMAT.id, |name, value| {
            if name == "results" {
                of_text.extend(value.items().map(|raw| raw.source().to_owned()));
            }
        });
        for sheet in sheets {
            for list in sheet.lists(Status::Confirmed, "annotation") {
                self.list(sheet, &list, "annotation", &article.text, &std::mem::take(&mut of_text));
            }
        }
        if !of_text.is_empty() {
            self.w.item();
            self.w.open('{');
            self.results_of_text(&of_text);
            self.w.close('}');
        }
        self.w.close(']');
        self.w.field("predictions");
        self.w.open('[');
        for sheet in sheets {
            for list in sheet.lists(Status::Proposed, "prediction") {
                self.list(sheet, &list, "prediction", &article.text, &[]);
            }
        }
        self.w.close(']');
        self.own_fields(&article.extra, &["data", "results", "text-field"]);
        self.w.close('}');
    }

    /// The text and what is known of it.
    fn data(&mut self, article: &Article) {
        let field = kept::text(&article.extra, FORMAT.id, "text-field").unwrap_or_else(|| TEXT.into());
        self.w.field("data");
        self.w.open('{');
        self.w.text_field(&field, article.text.as_str());
        let mut written = vec![field.clone()];
        let mut others = Vec::new();
        kept::each_part(&article.extra, FORMAT.id, "data", |name, value| {
            others.push((name.to_owned(), value.source().to_owned()));
        });
        if others.iter().all(|(name, _)| name != "id") && field != "id" {
            self.w.text_field("id", article.id.as_str());
        }
        for (name, value) in
            FACTS.iter().zip([&article.title, &article.source, &article.date, &article.byline, &article.extractor])
        {
            if !value.is_empty() && field != *name {
                self.w.text_field(name, value);
                written.push((*name).to_owned());
            }
        }
        for (name, value) in others.into_iter().filter(|(name, _)| !written.contains(name)) {
            self.raw_field(&name, &value);
        }
        self.w.close('}');
        self.tags.text_fields.push(field);
    }

    /// What one annotator confirmed or left open.
    fn list(&mut self, sheet: &Whole<'_>, list: &[&Annotation], part: &str, text: &Text, of_text: &[String]) {
        self.w.item();
        self.w.open('{');
        self.w.text_field("annotator", sheet.code.as_str());
        self.w.field("result");
        self.w.open('[');
        for annotation in list {
            self.region(annotation, &sheet.ids[&annotation.id], text);
        }
        let inside: BTreeSet<&AnnotationId> = list.iter().map(|annotation| &annotation.id).collect();
        let is_inside = |link: &Link| inside.contains(&link.to);
        self.links(sheet, list, is_inside);
        for raw in of_text {
            self.raw_item(raw);
        }
        self.w.close(']');
        if list.iter().flat_map(|annotation| &annotation.links).any(|link| !is_inside(link)) {
            self.w.field("links");
            self.w.open('[');
            self.links(sheet, list, |link| !is_inside(link));
            self.w.close(']');
        }
        let has_part = |annotation: &&&Annotation| {
            let mut has = false;
            kept::each_part(&annotation.extra, FORMAT.id, part, |_, _| has = true);
            has
        };
        if let Some(annotation) = list.iter().find(has_part) {
            kept::each_part(&annotation.extra, FORMAT.id, part, |name, value| {
                self.w.field(name);
                self.w.copy(value);
            });
        }
        self.w.close('}');
    }

    fn results_of_text(&mut self, of_text: &[String]) {
        self.w.field("result");
        self.w.open('[');
        for raw in of_text {
            self.raw_item(raw);
        }
        self.w.close(']');
    }

    fn region(&mut self, annotation: &Annotation, id: &str, text: &Text) {
        let name = |field, usual: &str| kept::text(&annotation.extra, FORMAT.id, field).unwrap_or_else(|| usual.into());
        let (from, to) = (name("from_name", LABEL), name("to_name", TEXT));
        let label = label_name(&annotation.label, self.scheme);
        self.open_result(id, "labels", &from, &to);
        self.value(annotation, text, true);
        self.w.field("labels");
        self.w.open('[');
        self.w.item();
        self.w.text(&label);
        self.w.close(']');
        self.part(annotation, "value");
        self.w.close('}');
        self.meta(annotation);
        let parts = ["value", "meta", "from_name", "to_name", "results", "other-tag", "annotation", "prediction"];
        self.own_fields(&annotation.extra, &parts);
        self.w.close('}');
        self.tags.label(&from, &to, &label);
        let mut other_tag = Vec::new();
        kept::each_part(&annotation.extra, FORMAT.id, "other-tag", |name, _| other_tag.push(name.to_owned()));
        for (attribute, value) in annotation.attributes.iter() {
            let attribute = attribute.as_str();
            let is_other = other_tag.iter().any(|name| name == attribute);
            let is_choice = is_choice(self.scheme, attribute) != is_other;
            let tag = tag_name(attribute);
            self.open_result(id, if is_choice { "choices" } else { "textarea" }, &tag, &to);
            self.value(annotation, text, is_choice);
            self.w.field(if is_choice { "choices" } else { "text" });
            self.w.open('[');
            self.w.item();
            self.w.text(value);
            self.w.close(']');
            self.w.close('}');
            self.w.close('}');
            self.tags.attribute(&tag, is_choice.then_some(value));
        }
        kept::each_field(&annotation.extra, FORMAT.id, |name, value| {
            if name == "results" {
                value.items().for_each(|raw| self.raw_item(raw.source()));
            }
        });
    }

    /// Begins a result.
    fn open_result(&mut self, id: &str, kind: &str, from: &str, to: &str) {
        self.w.item();
        self.w.open('{');
        for (name, value) in [("id", id), ("from_name", from), ("to_name", to), ("type", kind)] {
            self.w.text_field(name, value);
        }
    }

    /// Begins the value of a result: where it stands, and its words if there is a place for them.
    fn value(&mut self, annotation: &Annotation, text: &Text, words: bool) {
        self.w.field("value");
        self.w.open('{');
        self.w.number_field("start", annotation.span.start().get());
        self.w.number_field("end", annotation.span.end().get());
        if words {
            self.w.text_field("text", &quoted(text.slice(annotation.span)));
        }
    }

    fn meta(&mut self, annotation: &Annotation) {
        let mut has_meta = !annotation.note.is_empty();
        kept::each_part(&annotation.extra, FORMAT.id, "meta", |_, _| has_meta = true);
        if !has_meta {
            return;
        }
        self.w.field("meta");
        self.w.open('{');
        if !annotation.note.is_empty() {
            self.w.field("text");
            self.w.open('[');
            self.w.item();
            self.w.text(&annotation.note);
            self.w.close(']');
        }
        self.part(annotation, "meta");
        self.w.close('}');
    }

    /// Some of the links that start at annotations of a list.
    fn links(&mut self, sheet: &Whole<'_>, list: &[&Annotation], which: impl Fn(&Link) -> bool) {
        for from in list {
            for link in from.links.iter().filter(|link| which(link)) {
                let (Some(start), Some(end)) = (sheet.ids.get(&from.id), sheet.ids.get(&link.to)) else { continue };
                let direction = kept::text(&link.extra, FORMAT.id, "direction").unwrap_or_else(|| "right".into());
                let (start, end) = if direction == "left" { (end, start) } else { (start, end) };
                self.w.item();
                self.w.open('{');
                for (name, value) in
                    [("type", "relation"), ("from_id", start), ("to_id", end), ("direction", &direction)]
                {
                    self.w.text_field(name, value);
                }
                let mut has_labels = false;
                kept::each_field(&link.extra, FORMAT.id, |name, _| has_labels |= name == "labels");
                if !has_labels {
                    self.w.field("labels");
                    self.w.open('[');
                    self.w.item();
                    self.w.text(link.kind.as_str());
                    self.w.close(']');
                    self.tags.links.insert(link.kind.to_string());
                }
                self.own_fields(&link.extra, &["direction"]);
                self.w.close('}');
            }
        }
    }

    /// The fields of a part of a region that came with it.
    fn part(&mut self, annotation: &Annotation, part: &str) {
        kept::each_part(&annotation.extra, FORMAT.id, part, |name, value| {
            self.w.field(name);
            self.w.copy(value);
        });
    }

    /// Fields that came with a file of this format, but for some.
    fn own_fields(&mut self, extra: &Extra, but: &[&str]) {
        kept::each_field(extra, FORMAT.id, |name, value| {
            if name != kept::ID && !but.contains(&name) {
                self.w.field(name);
                self.w.copy(value);
            }
        });
    }

    /// A field with a value that is JSON.
    fn raw_field(&mut self, name: &str, json: &str) {
        let document = Document::parse(json);
        if let Some(value) = document.root() {
            self.w.field(name);
            self.w.copy(value);
        }
    }

    /// An item that is JSON.
    fn raw_item(&mut self, json: &str) {
        let document = Document::parse(json);
        if let Some(value) = document.root() {
            self.w.item();
            self.w.copy(value);
        }
    }
}

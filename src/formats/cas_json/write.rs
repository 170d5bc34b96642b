//! Writing a file for each article.

use super::types::Written;
use super::{FEATURES, FORMAT, LABEL, METADATA, NO_LANGUAGE, NOTE, QUOTATION, RELATION, SOFA, SPAN, STATUS, feature};
use crate::formats::anchor::{Unit, units_to};
use crate::formats::catalog::Job;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::json::Writer;
use crate::formats::{kept, stems};
use crate::model::*;
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The ids of the text and of what is known of it; annotations come behind them.
const TEXT: u32 = 1;
const DOCUMENT: u32 = 2;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let all = job.options.is(&FEATURES, "all");
    let stems = stems::of_articles(workspace, job);
    let file = |(article, stem): (&Rc<Article>, String)| {
        let sheets = workspace.sheets_of(&article.id);
        let annotations: Vec<_> = sheets.flat_map(|(_, sheet)| sheet.iter().cloned()).collect();
        let text = Structures::of(article, &annotations, workspace.scheme(), all);
        OutFile { name: format!("{stem}.{}", FORMAT.extensions[0]), text }
    };
    job.articles(workspace).zip(stems).map(file).collect()
}

/// The feature structures of an article under way.
struct Structures<'a> {
    w: Writer,
    types: Written,
    article: &'a Article,
    scheme: &'a LabelScheme,
    /// Whether more is written than labels.
    all: bool,
    ids: BTreeMap<&'a AnnotationId, u32>,
    /// The id of the next relation.
    next: u32,
}

/// How a label is written: the type, and the feature that has it.
struct Form {
    kind: String,
    label_in: Option<String>,
}

impl<'a> Structures<'a> {
    /// The file of an article.
    fn of(article: &'a Article, annotations: &'a [Rc<Annotation>], scheme: &'a LabelScheme, all: bool) -> String {
        let ids: BTreeMap<_, _> = annotations.iter().map(|annotation| &annotation.id).zip(DOCUMENT + 1..).collect();
        let next = ids.values().max().copied().unwrap_or(DOCUMENT) + 1;
        let mut types = Written::usual();
        kept::each_part(&article.extra, FORMAT.id, "types", |name, definition| types.came(name, definition));
        // A list, so that its lines are indented as they will stand in the file.
        let mut this = Self { w: Writer::lined(2, 0), types, article, scheme, all, ids, next };
        this.w.open('{');
        this.w.field("%FEATURE_STRUCTURES");
        this.w.open('[');
        this.document();
        annotations.iter().for_each(|annotation| this.annotation(annotation));
        annotations.iter().for_each(|annotation| this.relations(annotation, annotations));
        this.w.close(']');
        this.views();
        this.w.close('}');
        let Self { w, types, .. } = this;
        // The types come first, and are known last.
        let mut first = Writer::lined(2, 0);
        first.open('{');
        types.write(&mut first);
        first.finish() + "," + w.finish().strip_prefix('{').unwrap_or_default() + "\n"
    }

    fn open(&mut self, id: u32, kind: &str) {
        self.w.item();
        self.w.open('{');
        self.w.number_field("%ID", id);
        self.w.text_field("%TYPE", kind);
    }

    fn place(&mut self, span: Span) {
        let text: &Text = &self.article.text;
        self.w.number_field("@sofa", TEXT);
        self.w.number_field("begin", units_to(text, span.start(), Unit::Utf16));
        self.w.number_field("end", units_to(text, span.end(), Unit::Utf16));
    }

    /// The text and what is known of it.
    fn document(&mut self) {
        let article = self.article;
        self.open(TEXT, SOFA);
        self.w.number_field("sofaNum", 1);
        self.w.text_field("sofaID", "_InitialView");
        self.w.text_field("mimeType", "text/plain");
        self.w.text_field("sofaString", article.text.as_str());
        self.w.close('}');
        self.open(DOCUMENT, METADATA);
        self.w.field("%FLAGS");
        self.w.open('[');
        self.w.item();
        self.w.text("DocumentAnnotation");
        self.w.close(']');
        self.place(article.text.span());
        let id = kept::id(&article.extra, FORMAT.id);
        self.w.text_field("documentId", if id.is_empty() { article.id.as_str() } else { &id });
        self.w.text_field("documentTitle", &article.title);
        let mut has_language = false;
        kept::each_part(&article.extra, FORMAT.id, "document", |name, value| {
            has_language |= name == "language";
            self.w.field(name);
            self.w.copy(value);
        });
        if !has_language {
            self.w.text_field("language", NO_LANGUAGE);
        }
        self.w.close('}');
    }

    /// How an annotation or a link is written: as it came, unless its label is another one since.
    fn form(extra: &Extra, label: &str, usual: &str) -> Form {
        let kind = kept::text(extra, FORMAT.id, "type").unwrap_or_else(|| usual.to_owned());
        let label_in = kept::text(extra, FORMAT.id, "label-in").unwrap_or_else(|| LABEL.to_owned());
        // A label that is known here was taken whatever its capitals.
        let name = kind.rsplit('.').next().unwrap_or_default();
        let is_named_so = name.to_lowercase() == label.to_lowercase();
        match label_in.is_empty() {
            true if is_named_so => Form { kind, label_in: None },
            true => Form { kind: usual.to_owned(), label_in: Some(LABEL.to_owned()) },
            false => Form { kind, label_in: Some(label_in) },
        }
    }

    fn annotation(&mut self, annotation: &Annotation) {
        let label = label_name(&annotation.label, self.scheme);
        let form = Self::form(&annotation.extra, &label, SPAN);
        self.open(self.ids[&annotation.id], &form.kind);
        self.place(annotation.span);
        self.label(&form, &label);
        if self.all {
            let words = self.article.text.slice(annotation.span);
            self.text_feature(&form.kind, QUOTATION, words);
            if !annotation.note.is_empty() {
                self.text_feature(&form.kind, NOTE, &annotation.note);
            }
            if annotation.status != Status::default() {
                self.text_feature(&form.kind, STATUS, annotation.status.as_str());
            }
            for (id, value) in annotation.attributes.iter() {
                self.text_feature(&form.kind, &feature(id.as_str()), value);
            }
        }
        kept::each_part(&annotation.extra, FORMAT.id, "features", |name, value| {
            self.w.field(name);
            self.w.copy(value);
        });
        for link in annotation.links.iter().filter(|link| is_feature(link)) {
            if let Some(to) = self.ids.get(&link.to) {
                self.w.number_field(&format!("@{}", feature(link.kind.as_str())), *to);
            }
        }
        self.w.close('}');
    }

    fn label(&mut self, form: &Form, label: &str) {
        if let Some(label_in) = &form.label_in {
            self.text_feature(&form.kind, label_in, label);
        }
    }

    fn text_feature(&mut self, kind: &str, name: &str, value: &str) {
        self.types.has_text(kind, name);
        self.w.text_field(name, value);
    }

    /// The links that start at an annotation, but for those in features.
    fn relations(&mut self, from: &Annotation, annotations: &[Rc<Annotation>]) {
        for link in from.links.iter().filter(|link| !is_feature(link)) {
            // Ids follow the order of the list.
            let place = |id: &u32| usize::try_from(id - DOCUMENT - 1).ok();
            let to = self.ids.get(&link.to).and_then(place).and_then(|place| annotations.get(place));
            let Some(to) = to else { continue };
            let form = Self::form(&link.extra, link.kind.as_str(), RELATION);
            let ends = [from, to].map(|end| Self::form(&end.extra, &label_name(&end.label, self.scheme), SPAN).kind);
            if form.kind == RELATION && ends.iter().any(|kind| kind != SPAN) {
                self.types.relate_any();
            }
            self.open(self.next, &form.kind);
            self.next += 1;
            // A relation stands where its end does.
            self.place(to.span);
            self.w.number_field("@Governor", self.ids[&from.id]);
            self.w.number_field("@Dependent", self.ids[&to.id]);
            self.label(&form, link.kind.as_str());
            kept::each_part(&link.extra, FORMAT.id, "features", |name, value| {
                self.w.field(name);
                self.w.copy(value);
            });
            self.w.close('}');
        }
    }

    fn views(&mut self) {
        self.w.field("%VIEWS");
        self.w.open('{');
        self.w.field("_InitialView");
        self.w.open('{');
        self.w.number_field("%SOFA", TEXT);
        self.w.field("%MEMBERS");
        self.w.open('[');
        for id in DOCUMENT..self.next {
            self.w.item();
            self.w.number(id);
        }
        self.w.close(']');
        self.w.close('}');
        self.w.close('}');
    }
}

/// Whether a link came as a feature.
fn is_feature(link: &Link) -> bool {
    let mut is_feature = false;
    kept::each_field(&link.extra, FORMAT.id, |name, value| {
        is_feature |= name == "feature" && value.truth() == Some(true)
    });
    is_feature
}

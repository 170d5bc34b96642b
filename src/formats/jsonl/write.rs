//! Writing a line for each annotator of each article.

use super::tokens::{Token, tokens, touched};
use super::{FORMAT, META, RELATIONS, TOKENS};
use crate::formats::catalog::Job;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::json::Writer;
use crate::formats::kept;
use crate::model::*;
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Writes all of a workspace.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let by_tokens = job.options.is(&RELATIONS, "tokens");
    let lines = Lines {
        scheme: workspace.scheme(),
        relations: !job.options.is(&RELATIONS, "no"),
        by_tokens,
        tokens: by_tokens || job.options.is(&TOKENS, "yes"),
    };
    let mut text = String::new();
    for article in job.articles(workspace) {
        let mut is_written = false;
        for (code, sheet) in workspace.sheets_of(&article.id) {
            let annotations: Vec<_> = sheet.iter().cloned().collect();
            text += &lines.line(article, code.as_str(), &annotations);
            is_written = true;
        }
        if !is_written {
            text += &lines.line(article, "", &[]);
        }
    }
    job.file(FORMAT.extensions[0], text)
}

/// Ids in the file by those here.
type Ids = BTreeMap<AnnotationId, String>;

/// How lines are written.
struct Lines<'a> {
    scheme: &'a LabelScheme,
    relations: bool,
    by_tokens: bool,
    tokens: bool,
}

impl Lines<'_> {
    fn line(&self, article: &Article, annotator: &str, annotations: &[Rc<Annotation>]) -> String {
        let text = &*article.text;
        let spans: Vec<Span> = annotations.iter().map(|annotation| annotation.span).collect();
        let tokens = if self.tokens { tokens(text, &spans) } else { Vec::new() };
        let ids = kept::written_ids(annotations, FORMAT.id);
        let mut w = Writer::compact();
        w.open('{');
        let id = kept::id(&article.extra, FORMAT.id);
        w.text_field("id", if id.is_empty() { article.id.as_str() } else { &id });
        w.text_field("text", text.as_str());
        w.field("spans");
        w.open('[');
        for annotation in annotations {
            w.item();
            w.open('{');
            w.text_field("id", &ids[&annotation.id]);
            self.span(&mut w, annotation, text, &tokens);
            w.close('}');
        }
        w.close(']');
        if self.tokens {
            self::tokens_of(&mut w, text, &tokens);
        }
        if self.relations {
            self.links(&mut w, annotations, &ids, &tokens);
        }
        w.field("meta");
        w.open('{');
        for (name, value) in META.iter().zip([&article.title, &article.source, &article.date]) {
            w.text_field(name, value);
        }
        for (name, value) in [("byline", &article.byline), ("extractor", &article.extractor)] {
            if !value.is_empty() {
                w.text_field(name, value);
            }
        }
        kept::each_part(&article.extra, FORMAT.id, "meta", |name, value| {
            w.field(name);
            w.copy(value);
        });
        w.close('}');
        w.text_field("_annotator_id", annotator);
        own_fields(&mut w, &article.extra, &["meta"]);
        w.close('}');
        w.finish() + "\n"
    }

    fn span(&self, w: &mut Writer, annotation: &Annotation, text: &Text, tokens: &[Token]) {
        self.place(w, annotation, tokens);
        w.text_field("text", text.slice(annotation.span));
        w.text_field("note", &annotation.note);
        w.text_field("status", annotation.status.as_str());
        w.field("attributes");
        w.open('[');
        for (id, value) in annotation.attributes.iter() {
            w.item();
            w.open('{');
            w.text_field("name", id.as_str());
            w.text_field("value", value);
            w.close('}');
        }
        w.close(']');
        own_fields(w, &annotation.extra, &[]);
    }

    /// Where an annotation stands, and its label.
    fn place(&self, w: &mut Writer, annotation: &Annotation, tokens: &[Token]) {
        w.number_field("start", annotation.span.start().get());
        w.number_field("end", annotation.span.end().get());
        if let Some((first, last)) = touched(tokens, annotation.span) {
            w.number_field("token_start", index(first));
            w.number_field("token_end", index(last));
        }
        w.text_field("label", &label_name(&annotation.label, self.scheme));
    }

    fn links(&self, w: &mut Writer, annotations: &[Rc<Annotation>], ids: &Ids, tokens: &[Token]) {
        let by_id: BTreeMap<_, _> = annotations.iter().map(|annotation| (&annotation.id, annotation)).collect();
        w.field("relations");
        w.open('[');
        for from in annotations {
            for link in &from.links {
                let Some(to) = by_id.get(&link.to) else { continue };
                w.item();
                w.open('{');
                w.text_field("label", link.kind.as_str());
                w.text_field("from", &ids[&from.id]);
                w.text_field("to", &ids[&to.id]);
                if self.by_tokens {
                    for (name, end) in [("head", from), ("child", to)] {
                        let last = touched(tokens, end.span).map_or(0, |(_, last)| last);
                        w.number_field(name, index(last));
                        w.field(&format!("{name}_span"));
                        w.open('{');
                        self.place(w, end, tokens);
                        w.close('}');
                    }
                }
                own_fields(w, &link.extra, &[]);
                w.close('}');
            }
        }
        w.close(']');
    }
}

fn tokens_of(w: &mut Writer, text: &Text, tokens: &[Token]) {
    w.field("tokens");
    w.open('[');
    for (number, token) in tokens.iter().enumerate() {
        w.item();
        w.open('{');
        w.text_field("text", text.slice(token.span));
        w.number_field("start", token.span.start().get());
        w.number_field("end", token.span.end().get());
        w.number_field("id", index(number));
        w.field("ws");
        w.truth(token.blank_follows);
        w.close('}');
    }
    w.close(']');
}

/// Fields that came with a file of this format, but for those that are parts of known ones.
fn own_fields(w: &mut Writer, extra: &Extra, parts: &[&str]) {
    kept::each_field(extra, FORMAT.id, |name, value| {
        if name != kept::ID && !parts.contains(&name) {
            w.field(name);
            w.copy(value);
        }
    });
}

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

//! Writing tokens with their tags.

use super::{COLUMNS, FORMAT, SENTENCES, START, TAGS, tokens};
use crate::formats::blank::is_blank;
use crate::formats::catalog::Job;
use crate::formats::draft::label_name;
use crate::formats::file::OutFile;
use crate::formats::names;
use crate::model::*;
use crate::text::{Span, Text, snap};
use std::rc::Rc;

/// Writes all of a workspace, in which no two annotations of an article overlap.
pub(super) fn write(workspace: &Workspace, job: &Job<'_>) -> Vec<OutFile> {
    let lines = Lines {
        scheme: workspace.scheme(),
        ends: job.options.is(&TAGS, "bilou"),
        four: job.options.is(&COLUMNS, "four"),
        sentences: job.options.is(&SENTENCES, "sentences"),
    };
    let mut out = String::new();
    for article in job.articles(workspace) {
        if workspace.article_count() > 1 {
            out.extend([START, if lines.four { " -X- O O\n\n" } else { "\tO\n\n" }]);
        }
        let sheets = workspace.sheets_of(&article.id);
        let annotations: Vec<_> = sheets.flat_map(|(_, sheet)| sheet.iter().cloned()).collect();
        lines.article(&article.text, &annotations, &mut out);
    }
    job.file(FORMAT.extensions[0], out)
}

/// How lines are written.
struct Lines<'a> {
    scheme: &'a LabelScheme,
    /// Whether tags say where an annotation ends.
    ends: bool,
    /// Whether there are four columns.
    four: bool,
    /// Whether sentences end with a blank line.
    sentences: bool,
}

impl Lines<'_> {
    /// The tokens of an article, and a blank line behind them if there are any.
    fn article(&self, text: &Text, annotations: &[Rc<Annotation>], out: &mut String) {
        let spans: Vec<Span> = annotations.iter().map(|annotation| annotation.span).collect();
        let mut coming = annotations.iter().peekable();
        let mut before: Option<Span> = None;
        for token in tokens::tokens(text, &spans) {
            while coming.peek().is_some_and(|annotation| annotation.span.end() <= token.start()) {
                coming.next();
            }
            let inside = coming.peek().filter(|annotation| annotation.span.start() <= token.start());
            let goes_on = inside.is_some_and(|annotation| annotation.span.start() < token.start());
            if let Some(before) = before
                && !goes_on
                && self.ends_between(text, before, token)
            {
                out.push('\n');
            }
            let tag = inside.map_or_else(|| "O".to_owned(), |annotation| self.tag(annotation, token));
            let middle = if self.four { " -X- _ " } else { "\t" };
            out.extend([text.slice(token), middle, &tag, "\n"]);
            before = Some(token);
        }
        if before.is_some() {
            out.push('\n');
        }
    }

    /// Whether a line or a sentence ends between two tokens.
    fn ends_between(&self, text: &Text, before: Span, token: Span) -> bool {
        text.slice(Span::between(before.end(), token.start())).contains(['\n', '\r'])
            || (self.sentences && snap::sentence_around(text, token.start()).start() == token.start())
    }

    fn tag(&self, annotation: &Annotation, token: Span) -> String {
        let is_first = token.start() == annotation.span.start();
        let is_last = token.end() == annotation.span.end();
        let part = match (is_first, is_last && self.ends) {
            (true, true) => "U",
            (true, false) => "B",
            (false, true) => "L",
            (false, false) => "I",
        };
        format!("{part}-{}", names::escaped(&label_name(&annotation.label, self.scheme), |c| !is_blank(c)))
    }
}

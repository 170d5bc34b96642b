//! Reading tokens with their tags.

use super::tags::{Fault, Tag, runs};
use super::{FORMAT, START, tokens};
use crate::formats::catalog::{Context, Refusal};
use crate::formats::draft::{ArticleDraft, Builder, MarkDraft, QuoteDraft};
use crate::formats::fields::clip;
use crate::formats::file::InFile;
use crate::formats::names::unescaped;
use crate::formats::{Place, Reading, Severity};
use crate::model::{Article, Workspace};
use crate::text::{Offset, Span, Text};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The columns of a line: by tabs where it has any, else by blanks.
pub(super) fn columns(line: &str) -> Vec<&str> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains('\t') { line.split('\t').collect() } else { line.split_ascii_whitespace().collect() }
}

/// A document of a file.
#[derive(Default)]
struct Document<'t> {
    tokens: Vec<Token<'t>>,
    tags: Vec<Option<Tag<'t>>>,
}

#[derive(Clone, Copy)]
struct Token<'t> {
    words: &'t str,
    /// Whether a blank line stands before it.
    is_first: bool,
    line: u32,
}

/// Reads a file.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let text = files.first().map_or("", |file| &file.text);
    let mut builder = Builder::new(FORMAT.id, context);
    let documents = documents(text, &mut builder);
    let mut here = Here::of(context.here);
    let mut joined = 0;
    for document in documents.iter().filter(|document| !document.tokens.is_empty()) {
        let (draft, places) = match here.take(document) {
            Some(article) => {
                let lengths = document.tokens.iter().map(|token| tokens::squeezed(token.words).chars().count());
                let places = tokens::places(article.text.as_str(), lengths);
                // The builder finds the article that is here by its text, and where several have it by its id.
                let id = Some(article.id.to_string()).filter(|id| id.starts_with("t-")).unwrap_or_default();
                (ArticleDraft { id, text: article.text.as_str().to_owned(), ..ArticleDraft::default() }, places)
            }
            None => {
                joined += 1;
                document.joined()
            }
        };
        add(&mut builder, document, draft, &places);
    }
    if joined > 0 {
        let message = format_args!(
            "the file has no texts, only tokens; where no article here has just these, they were joined by blanks, so that the \
             text is not quite what was published: {joined} in all"
        );
        builder.tell(Severity::Warning, None, message);
    }
    Ok(builder.finish())
}

/// The documents of a file; says of lines what is wrong with them.
fn documents<'t>(text: &'t str, builder: &mut Builder<'_>) -> Vec<Document<'t>> {
    let mut documents = vec![Document::default()];
    let mut is_first = false;
    for (line, content) in (1..).zip(text.split('\n')) {
        let columns = columns(content);
        let last = columns.last().copied().unwrap_or_default();
        let tag = Tag::parse(last);
        let is_tag = columns.len() > 1 && (tag.is_some() || last == "O");
        let words = columns.first().copied().unwrap_or_default();
        if content.trim().is_empty() {
            is_first = true;
            continue;
        }
        if words == START {
            documents.push(Document::default());
            continue;
        }
        if !is_tag && content.starts_with('#') {
            continue;
        }
        if !is_tag {
            let message = format_args!(
                "“{}”: expected a token and a tag such as O or B-quote; the token was taken without a label",
                clip(content.trim_end()),
            );
            builder.tell(Severity::Warning, Some(Place { line, column: 1 }), message);
        }
        if tokens::squeezed(words).is_empty() {
            let message = format_args!("the token is nothing that can be seen; the line was passed over");
            builder.tell(Severity::Warning, Some(Place { line, column: 1 }), message);
            continue;
        }
        if let Some(document) = documents.last_mut() {
            document.tokens.push(Token { words, is_first, line });
            document.tags.push(tag.filter(|_| is_tag));
            is_first = false;
        }
    }
    documents
}

/// Adds a document whose tokens stand at some places of its text.
fn add(builder: &mut Builder<'_>, document: &Document<'_>, mut draft: ArticleDraft, places: &[Span]) {
    let text = Text::new(draft.text.as_str());
    let place = |at: usize| document.tokens.get(at).map(|token| Place { line: token.line, column: 1 });
    for run in runs(&document.tags) {
        let (Some(first), Some(last)) = (places.get(run.first), places.get(run.last)) else { continue };
        let span = Span::between(first.start(), last.end());
        let words = text.slice(span);
        let what = match run.fault {
            None => "",
            Some(Fault::NoBeginning) => "it has no tag for its beginning, as others have; it was taken to begin here",
            Some(Fault::NoEnd) => "it has no tag for its end, as others have; it was taken to end before the next",
        };
        if !what.is_empty() {
            let message = format_args!("annotation of “{}” as “{}”: {what}", clip(words), clip(run.label));
            builder.tell(Severity::Warning, place(run.first), message);
        }
        draft.marks.push(MarkDraft {
            label: unescaped(run.label),
            pieces: vec![(span.start().get(), span.end().get())],
            quote: Some(QuoteDraft::new(words)),
            place: place(run.first),
            ..MarkDraft::default()
        });
    }
    draft.place = place(0);
    builder.add(draft);
}

impl Document<'_> {
    /// The tokens with blanks between and a line for each sentence, and where they stand in that.
    fn joined(&self) -> (ArticleDraft, Vec<Span>) {
        let mut text = String::new();
        let mut places = Vec::with_capacity(self.tokens.len());
        let mut at = Offset::default();
        for token in &self.tokens {
            if !text.is_empty() {
                text.push(if token.is_first { '\n' } else { ' ' });
                at = at.plus(1);
            }
            text.push_str(token.words);
            let end = at.plus(Offset::from_usize(token.words.chars().count()).get());
            places.push(Span::between(at, end));
            at = end;
        }
        (ArticleDraft { text, ..ArticleDraft::default() }, places)
    }
}

/// The articles that are here by their text without anything blank; each is taken once.
struct Here<'a> {
    by_words: BTreeMap<String, Vec<&'a Rc<Article>>>,
}

impl<'a> Here<'a> {
    fn of(workspace: &'a Workspace) -> Self {
        let mut by_words: BTreeMap<_, Vec<_>> = BTreeMap::new();
        // The first is taken first, from the end.
        for article in workspace.articles().iter().rev() {
            by_words.entry(tokens::squeezed(article.text.as_str())).or_default().push(*article);
        }
        Self { by_words }
    }

    /// The next article that has just the tokens of a document.
    fn take(&mut self, document: &Document<'_>) -> Option<&'a Rc<Article>> {
        let words: String = document.tokens.iter().map(|token| tokens::squeezed(token.words)).collect();
        self.by_words.get_mut(&words)?.pop()
    }
}

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
use crate::text::{Span, Text};
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

/// Reads files of one work.
pub(super) fn read(files: &[&InFile], context: &Context<'_>) -> Result<Reading, Refusal> {
    let mut builder = Builder::new(FORMAT.id, context);
    let mut texts = Texts { here: Here::of(context.here), met: BTreeMap::new(), texts: Vec::new(), joined: 0 };
    for file in files {
        builder.file(&file.name);
        let documents = documents(&file.text, &mut builder);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for document in documents.iter().filter(|document| !document.tokens.is_empty()) {
            let words = document.squeezed();
            let count = counts.entry(words.clone()).or_default();
            let (id, text) = texts.of(document, words, *count);
            *count += 1;
            let draft = draft(&mut builder, document, id, text);
            builder.add(draft);
        }
    }
    if texts.joined > 0 {
        let joined = texts.joined;
        let message = format_args!(
            "the file has no texts, only tokens; where no article here has just these, they were joined by blanks, so that the \
             text is not quite what was published: {joined} in all"
        );
        builder.tell(Severity::Warning, None, message);
    }
    Ok(builder.finish())
}

/// The texts of documents.
struct Texts<'a> {
    here: Here<'a>,
    /// The places in `texts` by how often a file had the words before, and these without anything blank.
    met: BTreeMap<String, usize>,
    /// Ids and texts.
    texts: Vec<(String, String)>,
    /// How many texts were made of tokens.
    joined: usize,
}

impl Texts<'_> {
    /// The id and the text of a document: those that another file had, those of an article that is here, or new ones.
    fn of(&mut self, document: &Document<'_>, words: String, count: usize) -> (String, String) {
        let at = *self.met.entry(format!("{count} {words}")).or_insert(self.texts.len());
        if at == self.texts.len() {
            self.texts.push(match self.here.take(&words) {
                Some(article) => {
                    // The builder finds the article that is here by its text, and where several have it by its id.
                    let id = Some(article.id.to_string()).filter(|id| id.starts_with("t-")).unwrap_or_default();
                    (id, article.text.as_str().to_owned())
                }
                None => {
                    self.joined += 1;
                    (String::new(), document.joined())
                }
            });
        }
        self.texts[at].clone()
    }
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
            builder.tell(Severity::Warning, place(line), message);
        }
        if tokens::squeezed(words).is_empty() {
            let message = format_args!("the token is nothing that can be seen; the line was passed over");
            builder.tell(Severity::Warning, place(line), message);
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

/// The start of a line.
fn place(line: u32) -> Option<Place> {
    Some(Place { line, column: 1 })
}

/// The draft of a document, with its annotations.
fn draft(builder: &mut Builder<'_>, document: &Document<'_>, id: String, text: String) -> ArticleDraft {
    let mut draft = ArticleDraft { id, ..ArticleDraft::default() };
    let text = Text::new(text);
    let lengths = document.tokens.iter().map(|token| tokens::squeezed(token.words).chars().count());
    let places = tokens::places(text.as_str(), lengths);
    let line = |at: usize| document.tokens.get(at).map_or(1, |token| token.line);
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
            builder.tell(Severity::Warning, place(line(run.first)), message);
        }
        draft.marks.push(MarkDraft {
            label: unescaped(run.label),
            pieces: vec![(span.start().get(), span.end().get())],
            quote: Some(QuoteDraft::new(words)),
            place: place(line(run.first)),
            ..MarkDraft::default()
        });
    }
    draft.place = place(line(0));
    draft.text = text.as_str().to_owned();
    draft
}

impl Document<'_> {
    /// The tokens without anything blank.
    fn squeezed(&self) -> String {
        self.tokens.iter().map(|token| tokens::squeezed(token.words)).collect()
    }

    /// The tokens with blanks between and a line for each sentence.
    fn joined(&self) -> String {
        let mut text = String::new();
        for token in &self.tokens {
            if !text.is_empty() {
                text.push(if token.is_first { '\n' } else { ' ' });
            }
            text.push_str(token.words);
        }
        text
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

    /// The next article that has just some words.
    fn take(&mut self, words: &str) -> Option<&'a Rc<Article>> {
        self.by_words.get_mut(words)?.pop()
    }
}

//! What comes in: files, drops and pastes turn into articles, or into an import that waits for the
//! person's word. Nothing changes before something could be read.

use crate::formats::{Issue, Severity, project};
use crate::model::ArticleId;
use crate::samples::Sample;
use crate::state::view::ImportPreview;
use crate::state::{Command, Dialog, NewArticle};
use crate::text::Text;
use crate::web::app::{App, Msg};
use crate::web::clock;
use crate::web::files::{self, Arrived};
use crate::words;
use std::rc::Rc;
use yew::Context;

impl App {
    /// Takes files: project files wait for a word, every other text becomes an article.
    pub(super) fn take_files(&mut self, ctx: &Context<Self>, arrived: Vec<Arrived>) {
        self.dropping = false;
        let mut articles = Vec::new();
        let mut sources = Vec::new();
        let mut projects = Vec::new();
        let mut refused: Vec<(String, String)> = Vec::new();
        for Arrived { name, bytes } in arrived {
            let read = bytes.and_then(|bytes| files::decode(&bytes).map(|(text, encoding)| (text, encoding, bytes)));
            match read {
                Err(why) => refused.push((name, why)),
                Ok((text, ..)) if looks_like_json(&name, &text) => projects.push((name, text)),
                Ok((text, ..)) if text.trim().is_empty() => refused.push((name, words::EMPTY_FILE.into())),
                Ok((text, encoding, bytes)) => {
                    let title = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
                    articles.push(NewArticle { text: Rc::new(Text::new(text)), fallback_title: title, encoding });
                    sources.push(bytes);
                }
            }
        }
        let opened = articles.len();
        if opened > 0 {
            let before: Vec<ArticleId> = self.article_ids();
            self.send(ctx, Command::Load(articles));
            let added = self.article_ids().into_iter().filter(|id| !before.contains(id));
            self.bytes.extend(added.zip(sources));
        }
        let mut preview = None;
        for (name, text) in projects {
            match self.read_project(&name, &text) {
                Ok(read) if preview.is_none() => preview = Some(read),
                Ok(_) => refused.push((name, words::ONE_PROJECT.into())),
                Err(why) => refused.push((name, why)),
            }
        }
        match preview {
            Some(mut preview) => {
                let left_out =
                    refused.into_iter().map(|(name, why)| Issue::new(Severity::Error, format!("{name}: {why}")));
                preview.plan.issues.splice(0..0, left_out);
                self.send(ctx, Command::ShowDialog(Dialog::Import(Rc::new(preview))));
            }
            None if !refused.is_empty() => {
                self.send(ctx, Command::ShowDialog(Dialog::Unreadable { refused: refused.into(), opened }));
            }
            None => {}
        }
    }

    fn article_ids(&self) -> Vec<ArticleId> {
        self.state.workspace.articles().into_iter().map(|article| article.id.clone()).collect()
    }

    /// What the import of a project file would do, or why it can't be read.
    fn read_project(&self, name: &str, text: &str) -> Result<ImportPreview, String> {
        let reading = project::read(text).map_err(|error| error.to_string())?;
        let mut plan = project::plan(&reading, &self.state.workspace, &self.writer, &clock::now());
        plan.issues.splice(0..0, reading.issues);
        Ok(ImportPreview { file: name.to_owned(), plan })
    }

    /// Opens a sample when it has come from beside the page.
    pub(super) fn open_sample(&mut self, ctx: &Context<Self>, sample: &'static Sample) {
        ctx.link().send_future(async move {
            Msg::Sample(match files::beside_the_page(&format!("seeds/{}", sample.file)).await {
                Ok(text) => Command::Load(vec![NewArticle {
                    text: Rc::new(Text::new(text)),
                    fallback_title: sample.name.into(),
                    encoding: String::new(),
                }]),
                Err(_) => Command::Say(words::SAMPLE_MISSING.into()),
            })
        });
    }

    /// Takes a paste: in the dialog it is kept beside what the text area makes of it, elsewhere it is
    /// an article at once.
    pub(super) fn take_paste(&mut self, ctx: &Context<Self>, text: String, in_dialog: bool, mended: bool) {
        if in_dialog {
            self.clipboard = Some(text);
        } else if !text.trim().is_empty() && self.state.view.dialog.is_none() {
            self.add_text(ctx, text);
        }
        if mended {
            self.send(ctx, Command::Say(words::SURROGATES.into()));
        }
    }

    /// Adds what the paste dialog shows. A text area turns every line end into LF; where it shows just
    /// what was pasted, the text is taken as the clipboard had it.
    pub(super) fn add_pasted(&mut self, ctx: &Context<Self>, shown: &str) {
        if shown.trim().is_empty() {
            return self.send(ctx, Command::ShowDialog(Dialog::Paste { refused: true }));
        }
        self.draft.borrow_mut().clear();
        let exact = self.clipboard.take().filter(|exact| exact.replace("\r\n", "\n").replace('\r', "\n") == shown);
        self.add_text(ctx, exact.unwrap_or_else(|| shown.to_owned()));
    }

    fn add_text(&mut self, ctx: &Context<Self>, text: String) {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let new = NewArticle { text: Rc::new(Text::new(text)), fallback_title: String::new(), encoding: String::new() };
        self.send(ctx, Command::Load(vec![new]));
    }

    /// Reads the bytes of an article again.
    pub(super) fn read_as(&mut self, ctx: &Context<Self>, id: &ArticleId, encoding: &str) {
        let Some((_, bytes)) = self.bytes.iter().find(|(of, _)| of == id).cloned() else {
            return self.send(ctx, Command::Say(words::ENCODING_NEEDS_FILE.into()));
        };
        match files::decode_as(&bytes, encoding) {
            Ok(text) => self.send(ctx, Command::Reload(id.clone(), Rc::new(Text::new(text)), encoding.to_owned())),
            Err(why) => self.send(ctx, Command::Say(why.into())),
        }
    }
}

/// JSON is never an article; a file that only begins like it is.
fn looks_like_json(name: &str, text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    name.to_ascii_lowercase().ends_with(".json") || (start.starts_with('{') && start.contains("\"format\""))
}

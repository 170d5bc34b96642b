//! What comes in: files, drops and pastes turn into articles, or into an import that waits for the
//! person's word. Nothing changes before something could be read.

use crate::formats::project;
use crate::formats::{self, Issue, Reading, Severity};
use crate::limits;
use crate::model::ArticleId;
use crate::samples::{SAMPLES, Sample};
use crate::state::view::ImportPreview;
use crate::state::{Command, Dialog, NewArticle};
use crate::text::Text;
use crate::web::app::{App, Msg, later};
use crate::web::aside::{self, Aside, Heard};
use crate::web::files::{self, Arrived, Content};
use crate::web::{clock, loader};
use crate::words;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::File;
use yew::Context;

/// How long reading may take before the page says how far it has got, in milliseconds.
const PATIENCE: u32 = 300;

/// What else came of the files that arrived together.
struct Rest {
    /// Those that can't be opened, and why.
    refused: Vec<(String, String)>,
    /// How many articles were opened.
    opened: usize,
}

/// A project file that is being read aside.
pub struct Underway {
    name: String,
    file: File,
    rest: Rest,
    /// How much has been read, from 0 to 1.
    part: f64,
    _aside: Option<Aside>,
    /// Shows how far it has got, after a while.
    _shows: Timeout,
}

impl App {
    /// Takes files: project files wait for a word, every other text becomes an article.
    pub(super) fn take_files(&mut self, ctx: &Context<Self>, arrived: Vec<Arrived>) {
        self.dropping = false;
        let mut articles = Vec::new();
        let mut sources = Vec::new();
        let mut projects = Vec::new();
        let mut refused: Vec<(String, String)> = Vec::new();
        let mut large = Vec::new();
        for Arrived { name, content } in arrived {
            let bytes = match content {
                Content::Bytes(bytes) => bytes,
                Content::Aside(file) => {
                    large.push((name, file));
                    continue;
                }
            };
            let read = bytes.and_then(|bytes| files::decode(&bytes).map(|(text, encoding)| (text, encoding, bytes)));
            match read {
                Err(why) => refused.push((name, why)),
                Ok((text, ..)) if looks_like_json(&name, &text) => projects.push((name, text)),
                Ok((text, ..)) if text.trim().is_empty() => refused.push((name, words::EMPTY_FILE.into())),
                Ok((text, ..)) if !limits::fits_article(&text) => refused.push((name, words::ARTICLE_TOO_LONG.into())),
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
        let mut found = None;
        for (name, text) in projects {
            match project::read(&text) {
                Ok(reading) if found.is_none() => found = Some((name, reading)),
                Ok(_) => refused.push((name, words::ONE_PROJECT.into())),
                Err(error) => refused.push((name, error.to_string())),
            }
        }
        let mut large = large.into_iter().filter(|_| found.is_none());
        let aside = large.next();
        refused.extend(large.map(|(name, _)| (name, words::ONE_PROJECT.to_owned())));
        let rest = Rest { refused, opened };
        match (found, aside) {
            (Some((name, reading)), _) => self.offer(ctx, &name, Ok(reading), rest),
            (None, Some((name, file))) => self.read_aside(ctx, name, file, rest),
            (None, None) => self.refuse(ctx, rest),
        }
    }

    /// Has a large project file read by a worker, or in place where there is none.
    fn read_aside(&mut self, ctx: &Context<Self>, name: String, file: File, rest: Rest) {
        self.underway = None;
        let aside = Aside::start(&file, ctx.link().callback(Msg::Aside));
        let slow = ctx.link().callback(|()| Msg::Slow);
        let is_broken = aside.is_none();
        let shows = Timeout::new(PATIENCE, move || slow.emit(()));
        self.underway = Some(Underway { name, file, rest, part: 0.0, _aside: aside, _shows: shows });
        if is_broken {
            self.heard(ctx, Heard::Broken);
        }
    }

    /// Takes what the worker says.
    pub(super) fn heard(&mut self, ctx: &Context<Self>, heard: Heard) {
        let Some(mut underway) = self.underway.take() else {
            return;
        };
        match heard {
            Heard::Progress(part) => {
                underway.part = part;
                self.underway = Some(underway);
                if matches!(self.state.view.dialog, Some(Dialog::Reading { .. })) {
                    self.show_progress(ctx);
                }
            }
            Heard::Read(read) => self.offer(ctx, &underway.name, *read, underway.rest),
            Heard::Broken => {
                let Underway { name, file, .. } = &underway;
                let (name, file) = (name.clone(), file.clone());
                self.underway = Some(Underway { _aside: None, ..underway });
                let read = async move {
                    let read = files::bytes(&file).await.and_then(|bytes| aside::read_here(&name, &bytes, &|_| {}));
                    Msg::Aside(Heard::Read(Box::new(read)))
                };
                later(ctx, Box::pin(read));
            }
        }
    }

    /// Says how far the reading has got, with a way to end it.
    pub(super) fn show_progress(&mut self, ctx: &Context<Self>) {
        if let Some(underway) = &self.underway {
            let percent = (underway.part * 100.0) as u8;
            let dialog = Dialog::Reading { file: underway.name.as_str().into(), percent };
            self.send(ctx, Command::ShowDialog(dialog));
        }
    }

    /// Shows what an import would do, or why there is nothing to import.
    fn offer(&mut self, ctx: &Context<Self>, name: &str, read: Result<Reading, String>, mut rest: Rest) {
        let reading = match read {
            Ok(reading) => reading,
            Err(why) => {
                rest.refused.push((name.to_owned(), why));
                return self.refuse(ctx, rest);
            }
        };
        let mut plan = formats::plan(&reading, &self.state.workspace, &self.writer, &clock::now());
        plan.issues.splice(0..0, reading.issues);
        let left_out = rest.refused.into_iter();
        let left_out = left_out.map(|(name, why)| Issue::new(Severity::Error, format!("{name}: {why}")));
        plan.issues.splice(0..0, left_out);
        let plan = Rc::new(plan);
        if plan.only_adds() && self.state.view.dialog.as_ref().is_none_or(|open| matches!(open, Dialog::Reading { .. }))
        {
            return self.send(ctx, Command::Import(plan));
        }
        let preview = ImportPreview { file: name.to_owned(), plan };
        self.send(ctx, Command::ShowDialog(Dialog::Import(Rc::new(preview))));
    }

    fn refuse(&mut self, ctx: &Context<Self>, rest: Rest) {
        let Rest { refused, opened } = rest;
        if !refused.is_empty() {
            self.send(ctx, Command::ShowDialog(Dialog::Unreadable { refused: refused.into(), opened }));
        }
    }

    fn article_ids(&self) -> Vec<ArticleId> {
        self.state.workspace.articles().into_iter().map(|article| article.id.clone()).collect()
    }

    /// Opens a sample when it has come from beside the page.
    pub(super) fn open_sample(&mut self, ctx: &Context<Self>, sample: &'static Sample) {
        later(ctx, Box::pin(async move { Msg::Sample(fetched(sample).await) }));
    }

    /// Has the first sample fetched, on which a first visit opens; where nothing was ever kept here that is
    /// begun before the store was read, which takes as long.
    pub(super) fn fetch_welcome(ctx: &Context<Self>) {
        later(ctx, Box::pin(async { Msg::Welcome(fetched(&SAMPLES[0]).await) }));
    }

    /// Opens the sample of a first visit, once it has come and the store was read. Says whether it did.
    pub(super) fn welcome(&mut self, ctx: &Context<Self>) -> bool {
        let sample = self.welcome.take_if(|_| self.welcoming);
        let has_come = sample.is_some();
        if let Some(command) = sample {
            self.welcoming = false;
            self.send(ctx, command);
        }
        has_come
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
/// A sample as it comes from beside the page, or word that it is not there.
async fn fetched(sample: &Sample) -> Command {
    match loader::text_beside(&format!("seeds/{}", sample.file)).await {
        Ok(text) => Command::Load(vec![NewArticle {
            text: Rc::new(Text::new(text)),
            fallback_title: sample.name.into(),
            encoding: String::new(),
        }]),
        Err(_) => Command::Say(words::SAMPLE_MISSING.into()),
    }
}

fn looks_like_json(name: &str, text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    name.to_ascii_lowercase().ends_with(".json") || (start.starts_with('{') && start.contains("\"format\""))
}

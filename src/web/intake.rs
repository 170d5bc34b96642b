//! What comes in: files, drops and pastes turn into articles, or into an import that waits for the
//! person's word. Nothing changes before something could be read.

use crate::exchange::{Answer, Ask, Intake};
use crate::formats::{Issue, Severity};
use crate::limits;
use crate::model::ArticleId;
use crate::samples::{SAMPLES, Sample};
use crate::state::view::ImportPreview;
use crate::state::{Command, Dialog, NewArticle};
use crate::text::Text;
use crate::web::app::{App, Msg, later};
use crate::web::aside::{Aside, Heard};
use crate::web::files::{self, Arrived};
use crate::web::{loader, saved_page};
use crate::words;
use gloo::timers::callback::Timeout;
use std::mem;
use std::rc::Rc;
use web_sys::File;
use yew::Context;

/// How long reading may take before the page says how far it has got, in milliseconds.
const PATIENCE: u32 = 300;

/// How many bytes at the start of a text tell that it is a table.
const TABLE_WITHIN: usize = 4_096;

/// Files that are being read aside.
pub struct Underway {
    arrived: Vec<Arrived>,
    /// How many articles were opened of those that came together with them.
    opened: usize,
    /// How much has been read, from 0 to 1.
    part: f64,
    aside: Aside,
    come: Come,
    /// When it is looked after next: after a while, to show how far it has got; at once, to go on with what came.
    next: Timeout,
}

/// What came of files. Each step to the next is a task of its own, since much may have come.
enum Come {
    /// Nothing yet.
    Nothing,
    /// The bytes of an answer, and the texts in them.
    Packed(Vec<u8>, Vec<Rc<Text>>),
    /// All of it.
    Unpacked(Intake),
}

impl App {
    /// Takes files. Web pages come first, since somebody has to say what of them is taken. Where all others are plain
    /// texts each becomes an article; else somebody who knows all formats is asked what they are, since a text may
    /// belong to another file.
    pub(super) fn take_files(&mut self, ctx: &Context<Self>, arrived: Vec<Arrived>) {
        let (pages, arrived): (Vec<_>, Vec<_>) = arrived.into_iter().partition(saved_page::is_page);
        let is_plain = |arrived: &Arrived| match &arrived.bytes {
            Some(Ok(bytes)) => is_plain(bytes),
            Some(Err(_)) => true,
            None => false,
        };
        let are_plain = arrived.iter().all(is_plain);
        if are_plain {
            self.ready = None;
        }
        if !pages.is_empty() {
            return Self::take_apart(ctx, pages, arrived);
        }
        if are_plain {
            let (opened, refused) = self.take_texts(ctx, &arrived);
            return self.refuse(ctx, refused, opened);
        }
        self.read_aside(ctx, arrived, 0);
    }

    /// Makes an article of each text. Gives how many there are, and what is no article and why.
    fn take_texts(&mut self, ctx: &Context<Self>, arrived: &[Arrived]) -> (usize, Vec<(String, String)>) {
        let (mut articles, mut sources, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for Arrived { file, bytes } in arrived {
            let name = file.name();
            let bytes = bytes.clone().unwrap_or_else(|| Err(words::EMPTY_FILE.into()));
            let read = bytes.and_then(|bytes| files::decode(&bytes).map(|(text, encoding)| (text, encoding, bytes)));
            match read {
                Err(why) => refused.push((name, why)),
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
        (opened, refused)
    }

    /// Files may be about to come: whoever can read them gets ready meanwhile.
    pub(super) fn make_ready(&mut self, ctx: &Context<Self>) {
        self.ready.get_or_insert_with(|| Self::reader(ctx));
    }

    fn reader(ctx: &Context<Self>) -> Aside {
        Aside::new(ctx.link().callback(Msg::Aside))
    }

    /// Has files read aside.
    fn read_aside(&mut self, ctx: &Context<Self>, arrived: Vec<Arrived>, opened: usize) {
        let aside = self.ready.take().unwrap_or_else(|| Self::reader(ctx));
        let (come, next) = (Come::Nothing, Self::next(ctx, PATIENCE));
        self.underway = Some(Underway { arrived, opened, part: 0.0, aside, come, next });
        self.ask_to_read();
    }

    fn next(ctx: &Context<Self>, after: u32) -> Timeout {
        let look = ctx.link().callback(|()| Msg::Underway);
        Timeout::new(after, move || look.emit(()))
    }

    fn ask_to_read(&mut self) {
        let here = self.state.workspace.clone();
        if let Some(Underway { arrived, aside, .. }) = &mut self.underway {
            let files: Vec<File> = arrived.iter().map(|arrived| arrived.file.clone()).collect();
            aside.ask(&Ask::Read(self.writer.clone()), &here, &files);
        }
    }

    /// Takes what comes from aside.
    pub(super) fn heard(&mut self, ctx: &Context<Self>, heard: Heard) {
        let Some(underway) = &mut self.underway else { return };
        match heard {
            Heard::Progress(part) => {
                underway.part = part;
                if matches!(self.state.view.dialog, Some(Dialog::Reading { .. })) {
                    self.look_after(ctx);
                }
            }
            Heard::Answer(bytes) => {
                let texts = Answer::texts(&bytes);
                (underway.come, underway.next) = (Come::Packed(bytes, texts), Self::next(ctx, 0));
            }
            Heard::Broken => {
                underway.aside.lost();
                match underway.aside.broken {
                    1 => self.ask_to_read(),
                    _ => self.cannot_read(ctx),
                }
            }
        }
    }

    /// Nobody could be asked.
    fn cannot_read(&mut self, ctx: &Context<Self>) {
        if let Some(Underway { arrived, opened, .. }) = self.underway.take() {
            let refused = arrived.iter().map(|arrived| (arrived.file.name(), words::NO_DESK.to_owned())).collect();
            self.refuse(ctx, refused, opened);
        }
    }

    /// Makes articles of what is nothing else, and offers the rest as an import.
    fn take_in(&mut self, ctx: &Context<Self>, intake: Intake) {
        let Some(Underway { arrived, opened, .. }) = self.underway.take() else { return };
        if intake.plain.is_empty() {
            return self.offer(ctx, intake, opened);
        }
        let is_plain = |at: usize| intake.plain.contains(&(at as u32));
        let (texts, rest): (Vec<_>, Vec<_>) = arrived.into_iter().enumerate().partition(|(at, _)| is_plain(*at));
        let [texts, rest] = [texts, rest].map(|list| list.into_iter().map(|(_, arrived)| arrived).collect::<Vec<_>>());
        // Their names said that they are more than texts.
        if texts.iter().any(|text| text.bytes.is_none()) {
            let arrived = ctx.link().callback(Msg::Files);
            let texts = texts.into_iter().map(|text| (true, text.file));
            return files::read_those(
                texts.chain(rest.into_iter().map(|other| (false, other.file))).collect(),
                arrived,
            );
        }
        let (more, refused) = self.take_texts(ctx, &texts);
        match intake.plan {
            // It was made for what was here before.
            Some(_) => self.read_aside(ctx, rest, opened + more),
            None => self.refuse(ctx, intake.refused.into_iter().chain(refused).collect(), opened + more),
        }
    }

    /// Goes on with what was read or, as long as nothing was, says how far the reading has got, with a way to end it.
    pub(super) fn look_after(&mut self, ctx: &Context<Self>) {
        let Some(underway) = &mut self.underway else { return };
        let come = mem::replace(&mut underway.come, Come::Nothing);
        if !matches!(come, Come::Nothing) && !underway.aside.knows(&self.state.workspace) {
            // What is here changed meanwhile: once more.
            underway.next = Self::next(ctx, PATIENCE);
            return self.ask_to_read();
        }
        match come {
            Come::Nothing => {
                let percent = (underway.part * 100.0) as u8;
                let file = underway.arrived.first().map(|arrived| arrived.file.name()).unwrap_or_default();
                self.send(ctx, Command::ShowDialog(Dialog::Reading { file: file.into(), percent }));
            }
            Come::Packed(bytes, texts) => match Answer::unpack(&bytes, &texts, &self.state.workspace) {
                Some(Answer::Read(intake)) => {
                    (underway.come, underway.next) = (Come::Unpacked(intake), Self::next(ctx, 0));
                }
                _ => self.cannot_read(ctx),
            },
            Come::Unpacked(intake) => self.take_in(ctx, intake),
        }
    }

    /// Shows what an import would do, or why there is nothing to import.
    fn offer(&mut self, ctx: &Context<Self>, intake: Intake, opened: usize) {
        let Intake { found, plan, refused, .. } = intake;
        let Some(mut plan) = plan else { return self.refuse(ctx, refused, opened) };
        for (nth, (name, why)) in refused.into_iter().enumerate() {
            plan.issues.insert(nth, Issue::new(Severity::Error, format!("“{name}”: {why}")));
        }
        let plan = Rc::new(plan);
        let is_free = self.state.view.dialog.as_ref().is_none_or(|open| matches!(open, Dialog::Reading { .. }));
        if is_free && plan.only_adds() && found.iter().all(|found| found.is_project) {
            return self.send(ctx, Command::Import(plan));
        }
        let preview = ImportPreview { files: found, plan };
        self.send(ctx, Command::ShowDialog(Dialog::Import(Rc::new(preview))));
    }

    pub(super) fn refuse(&mut self, ctx: &Context<Self>, refused: Vec<(String, String)>, opened: usize) {
        if !refused.is_empty() {
            self.send(ctx, Command::ShowDialog(Dialog::Unreadable { refused: refused.into(), opened }));
        } else if matches!(self.state.view.dialog, Some(Dialog::Reading { .. })) {
            self.send(ctx, Command::CloseDialog);
        }
    }

    fn article_ids(&self) -> Vec<ArticleId> {
        self.state.workspace.articles().into_iter().map(|article| article.id.clone()).collect()
    }

    /// Opens a sample when it has come from beside the page.
    pub(super) fn open_sample(&mut self, ctx: &Context<Self>, sample: &'static Sample) {
        later(ctx, Box::pin(async move { Msg::Sample(fetched(sample).await) }));
    }

    /// Has the first sample fetched, on which a first visit opens.
    pub(super) fn fetch_welcome(ctx: &Context<Self>) {
        later(ctx, Box::pin(async { Msg::Welcome(fetched(&SAMPLES[0]).await) }));
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

/// Whether bytes are the text of an article by all that can be seen at once: no data, and no table.
fn is_plain(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(TABLE_WITHIN)];
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    !matches!(first, Some(b'{' | b'[' | b'<')) && !start.contains(&b'\t') && !start.starts_with(b"PK")
}

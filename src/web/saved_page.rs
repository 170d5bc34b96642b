//! Saved web pages: telling them from other files, having them taken apart by the script that knows how (see
//! `xtask/web/extract.js`), and showing what would be taken of them.
//!
//! Nothing of a page is ever put into this one, and nothing here decides what its main text is.

use crate::state::page::{Paragraph, Run, WebPage};
use crate::state::{Command, Dialog};
use crate::text::markup;
use crate::web::app::{App, Msg};
use crate::web::files::Arrived;
use crate::web::loader;
use crate::words;
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Context;

/// What the names of archives of web pages end in.
const ARCHIVES: [&str; 2] = [".mhtml", ".mht"];

/// Web pages, what they came to, and the other files that came with them.
pub struct Came {
    pages: Vec<Arrived>,
    others: Vec<Arrived>,
    found: Array,
}

/// What waits for a decision about web pages: files that can't be read with why, and others.
pub type Waiting = (Vec<(String, String)>, Vec<Arrived>);

/// Whether a file is a web page, or an archive of one.
pub fn is_page(arrived: &Arrived) -> bool {
    let name = arrived.file.name().to_ascii_lowercase();
    let is_archive = ARCHIVES.iter().any(|ending| name.ends_with(ending));
    is_archive || matches!(&arrived.bytes, Some(Ok(bytes)) if markup::is_page(bytes, &name))
}

impl App {
    /// Has web pages taken apart; the other files wait.
    pub(super) fn take_apart(ctx: &Context<Self>, pages: Vec<Arrived>, others: Vec<Arrived>) {
        let files: Array = pages.iter().map(|page| &page.file).collect();
        let heard = ctx.link().callback(|msg: Msg| msg);
        let hear = move |found: JsValue| heard.emit(Msg::Pages(Came { pages, others, found: found.unchecked_into() }));
        loader::take_apart(&files, Closure::once_into_js(hear).unchecked_ref());
    }

    /// Shows what would be taken of web pages, or why nothing can be.
    pub(super) fn offer_pages(&mut self, ctx: &Context<Self>, came: Came) {
        let Came { pages, others, found } = came;
        let (mut read, mut refused) = (Vec::new(), Vec::new());
        for (at, page) in pages.iter().enumerate() {
            let (file, found) = (page.file.name(), found.get(at as u32));
            match found.dyn_ref::<Array>() {
                Some(found) => read.push(taken_apart(file, found)),
                None => refused.push((file, refusal(&found).to_owned())),
            }
        }
        if read.is_empty() {
            return self.go_on(ctx, (refused, others));
        }
        self.send(ctx, Command::ShowDialog(Dialog::Pages(Rc::new(read))));
        self.waiting = Some((refused, others));
    }

    /// Goes on with what came together with web pages, once the person has decided about these.
    pub(super) fn go_on(&mut self, ctx: &Context<Self>, (refused, others): Waiting) {
        if !others.is_empty() {
            self.take_files(ctx, others);
        }
        self.refuse(ctx, refused, 0);
    }
}

/// What a page comes to.
fn taken_apart(file: String, found: &Array) -> WebPage {
    let mut texts = found.iter().map(|text| text.as_string().unwrap_or_default());
    let [encoding, extractor, title, byline, date, source] = std::array::from_fn(|_| texts.next().unwrap_or_default());
    let mut paragraphs = Vec::new();
    let mut paragraph = Paragraph::new();
    for text in texts {
        match text.get(1..) {
            Some(words) => paragraph.push(Run { is_main: text.starts_with('+'), words: words.into() }),
            None => paragraphs.push(std::mem::take(&mut paragraph)),
        }
    }
    let (is_whole, paragraphs) = (extractor.is_empty(), paragraphs.into());
    WebPage { file, encoding, extractor, title, byline, date, source, paragraphs, is_whole }
}

/// Why a page is no article, from the word that is said for it.
fn refusal(why: &JsValue) -> &'static str {
    match why.as_string().as_deref() {
        Some("own") => words::PAGE_OWN,
        Some("report") => words::PAGE_REPORT,
        Some("archive") => words::PAGE_ARCHIVE,
        Some("long") => words::ARTICLE_TOO_LONG,
        Some("large") => words::PAGE_TOO_LARGE,
        Some(_) => words::PAGE_EMPTY,
        None => words::NO_DESK,
    }
}

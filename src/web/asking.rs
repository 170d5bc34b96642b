//! What goes out in one format or another: asking aside what can be written and what it comes to, having it written,
//! handing it to the browser. What is chosen is the business of the machine.

use crate::exchange::{Answer, Ask};
use crate::formats::project;
use crate::model::ArticleId;
use crate::state::export::{Export, Exporting};
use crate::state::table::Request;
use crate::state::{Command, Dialog};
use crate::web::app::{App, Msg};
use crate::web::aside::{Aside, Heard};
use crate::web::{clock, files};
use crate::words;
use gloo::timers::callback::Timeout;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::Context;

/// How long a choice rests before it is looked at, in milliseconds: arrows run through several.
const REST: u32 = 80;

#[wasm_bindgen(module = "/src/web/clipboard.js")]
extern "C" {
    #[wasm_bindgen(js_name = copyText)]
    fn copy(text: &str, done: JsValue);
}

/// What the dialog asks aside.
#[derive(Default)]
pub struct Asking {
    aside: Option<Aside>,
    /// What was asked and is not answered: of looks the turn.
    waiting: VecDeque<Option<u32>>,
    /// Waits for a choice to rest.
    rest: Option<Timeout>,
}

impl App {
    fn exporting(&self) -> Option<Rc<Export>> {
        match &self.state.view.dialog {
            Some(Dialog::Export(export)) => Some(export.clone()),
            _ => None,
        }
    }

    /// Has the choice looked at once it rests.
    pub(super) fn look_soon(&mut self, ctx: &Context<Self>) {
        let rested = ctx.link().callback(|()| Msg::Look);
        self.asking.rest = Some(Timeout::new(REST, move || rested.emit(())));
    }

    /// Lets go of whoever is asked, where the dialog has been closed.
    pub(super) fn stop_asking(&mut self) {
        if self.exporting().is_none() {
            self.asking = Asking::default();
        }
    }

    fn aside(&mut self, ctx: &Context<Self>) -> &mut Aside {
        self.asking.aside.get_or_insert_with(|| Aside::new(ctx.link().callback(Msg::Answered)))
    }

    /// Asks what can be written and what the choice comes to.
    pub(super) fn look(&mut self, ctx: &Context<Self>) {
        let Some(export) = self.exporting() else { return };
        let here = self.state.workspace.clone();
        if export.offers.is_empty() {
            self.asking.waiting.push_back(None);
            self.aside(ctx).ask_about_nothing(&Ask::Offers);
        }
        if !export.is_project() {
            self.asking.waiting.push_back(Some(export.turn));
            self.aside(ctx).ask(&Ask::Look(export.order()), &here, &[]);
        }
    }

    /// Has the choice written.
    pub(super) fn write_out(&mut self, ctx: &Context<Self>) {
        let Some(export) = self.exporting() else { return };
        let here = self.state.workspace.clone();
        self.asking.waiting.push_back(None);
        self.aside(ctx).ask(&Ask::Write(export.order()), &here, &[]);
    }

    /// Takes what comes from aside.
    pub(super) fn answered(&mut self, ctx: &Context<Self>, heard: Heard) {
        let bytes = match heard {
            Heard::Progress(_) => return,
            Heard::Answer(bytes) => bytes,
            Heard::Broken => return self.ask_again(ctx),
        };
        let turn = self.asking.waiting.pop_front().flatten();
        let is_old = self.exporting().is_none_or(|export| turn.is_some_and(|turn| turn != export.turn));
        if is_old {
            return;
        }
        let happens = match Answer::unpack(&bytes, &self.state.workspace) {
            Some(Answer::Offers(offers)) => Exporting::Offered(offers.into()),
            Some(Answer::Look(look)) => Exporting::Seen(turn.unwrap_or_default(), Rc::new(look)),
            Some(Answer::File(name, content)) => match files::save_bytes(&name, &content) {
                Ok(()) => {
                    self.exported = Some(name.clone());
                    Exporting::Saved(name.into())
                }
                Err(_) => Exporting::Failed(words::FILE_NOT_SAVED.into()),
            },
            Some(Answer::Refused(why)) => Exporting::Failed(words::sentence(&why).into()),
            _ => Exporting::Failed(words::NO_DESK.into()),
        };
        self.send(ctx, Command::Exporting(happens));
    }

    /// There was no answer: once more, to whoever is there now.
    fn ask_again(&mut self, ctx: &Context<Self>) {
        let Some(export) = self.exporting() else { return };
        self.asking.waiting.clear();
        let aside = self.aside(ctx);
        aside.lost();
        match aside.broken {
            1 if export.is_writing => self.write_out(ctx),
            1 => self.look(ctx),
            _ => self.send(ctx, Command::Exporting(Exporting::Failed(words::NO_DESK.into()))),
        }
    }

    /// Puts a project file on the clipboard.
    pub(super) fn copy_file(&mut self, ctx: &Context<Self>, article: Option<&ArticleId>) {
        let only = article.map(std::slice::from_ref);
        let text = project::write(&self.state.workspace, only, &clock::now(), words::GENERATOR).content;
        self.copy_text(ctx, &text);
    }

    /// Puts a text on the clipboard.
    pub(super) fn copy_text(&mut self, ctx: &Context<Self>, text: &str) {
        let say = ctx.link().callback(|is_there: bool| {
            let said = if is_there { words::COPIED } else { words::NOT_COPIED };
            Msg::Ask(Request::Do(Command::Say(said.into())))
        });
        copy(text, Closure::once_into_js(move |is_there: bool| say.emit(is_there)));
    }
}

//! What dialogs ask aside: what can be written and what it comes to, to have it written and handed to the browser; and what
//! is likely a slip. What is chosen, and what becomes of the answers, is the business of the machine.

use crate::exchange::{Answer, Ask};
use crate::formats::project;
use crate::model::ArticleId;
use crate::state::check::{Check, Checking};
use crate::state::export::{Export, Exporting};
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
    /// What was asked and is not answered.
    waiting: VecDeque<Asked>,
    /// Waits for a choice to rest.
    rest: Option<Timeout>,
}

/// Which dialog asked, and of what may have been asked again by then, the turn.
#[derive(Clone, Copy)]
enum Asked {
    Export(Option<u32>),
    Check(u32),
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

    /// The dialog for slips.
    fn checking(&self) -> Option<Rc<Check>> {
        let view = &self.state.view;
        view.check.clone().filter(|_| view.dialog == Some(Dialog::Check))
    }

    /// Lets go of whoever is asked, where the dialogs have been closed.
    pub(super) fn stop_asking(&mut self) {
        if self.exporting().is_none() && self.checking().is_none() {
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
            self.asking.waiting.push_back(Asked::Export(None));
            self.aside(ctx).ask_about_nothing(&Ask::Offers);
        }
        if !export.is_project() {
            self.asking.waiting.push_back(Asked::Export(Some(export.turn)));
            self.aside(ctx).ask(&Ask::Look(export.order()), &here, &[]);
        }
    }

    /// Has the choice written.
    pub(super) fn write_out(&mut self, ctx: &Context<Self>) {
        let Some(export) = self.exporting() else { return };
        let here = self.state.workspace.clone();
        self.asking.waiting.push_back(Asked::Export(None));
        self.aside(ctx).ask(&Ask::Write(export.order()), &here, &[]);
    }

    /// Asks what is likely a slip.
    pub(super) fn lint(&mut self, ctx: &Context<Self>) {
        let Some(check) = self.checking() else { return };
        let here = self.state.workspace.clone();
        self.asking.waiting.push_back(Asked::Check(check.turn));
        self.aside(ctx).ask(&Ask::Lint(check.article.clone()), &here, &[]);
    }

    /// Takes what comes from aside.
    pub(super) fn answered(&mut self, ctx: &Context<Self>, heard: Heard) {
        let bytes = match heard {
            Heard::Progress(_) => return,
            Heard::Answer(bytes) => bytes,
            Heard::Broken => return self.ask_again(ctx),
        };
        let answer = Answer::unpack(&bytes, &[], &self.state.workspace);
        let happens = match self.asking.waiting.pop_front() {
            Some(Asked::Check(turn)) => Command::Checking(match answer {
                Some(Answer::Findings(findings)) => Checking::Found(turn, findings.into()),
                Some(Answer::Refused(why)) => Checking::Failed(words::sentence(&why).into()),
                _ => Checking::Failed(words::NO_DESK.into()),
            }),
            Some(Asked::Export(turn)) => {
                let is_old = |export: Rc<Export>| turn.is_some_and(|turn| turn != export.turn);
                if self.exporting().is_none_or(is_old) {
                    return;
                }
                Command::Exporting(self.exported(turn, answer))
            }
            None => return,
        };
        self.send(ctx, happens);
    }

    /// What an answer means to the dialog for files.
    fn exported(&mut self, turn: Option<u32>, answer: Option<Answer>) -> Exporting {
        match answer {
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
        }
    }

    /// There was no answer: once more, to whoever is there now.
    fn ask_again(&mut self, ctx: &Context<Self>) {
        self.asking.waiting.clear();
        let aside = self.aside(ctx);
        aside.lost();
        let once_more = aside.broken == 1;
        match (self.exporting(), self.checking()) {
            (Some(export), _) if once_more && export.is_writing => self.write_out(ctx),
            (Some(_), _) if once_more => self.look(ctx),
            (Some(_), _) => self.send(ctx, Command::Exporting(Exporting::Failed(words::NO_DESK.into()))),
            (_, Some(_)) if once_more => self.lint(ctx),
            (_, Some(_)) => self.send(ctx, Command::Checking(Checking::Failed(words::NO_DESK.into()))),
            _ => {}
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
            Msg::Ask(Command::Say(said.into()).into())
        });
        copy(text, Closure::once_into_js(move |is_there: bool| say.emit(is_there)));
    }
}

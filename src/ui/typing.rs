//! Fields that keep what is being typed until it is sent: a note, which is sent while one types, and
//! a short field, which is sent when one leaves it.
//!
//! What comes from outside meanwhile (an undo, a change of another field) never overwrites what is
//! being typed, and nothing typed is lost when the field goes away. Key both by what they are of.

use crate::words;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// After this long without a key, what was typed is sent, in milliseconds.
const PAUSE: u32 = 300;
/// Nobody types for longer than this without it being sent.
const LATEST: u32 = 1_000;
/// After this long without a key, what comes next is an entry of its own for undo.
const REST: u32 = 2_000;

/// What is typed, and whether it goes on from what was sent before.
pub struct Typed {
    pub text: Rc<str>,
    pub continues: bool,
}

#[derive(Properties, Clone, PartialEq)]
pub struct NoteProps {
    /// The note as it is kept.
    pub value: Rc<str>,
    pub onsend: Callback<Typed>,
    /// Hears of the first letter that is not sent yet.
    pub ontyping: Callback<()>,
    pub node: NodeRef,
}

/// The note of an annotation.
pub struct Note {
    /// What is typed and not sent yet.
    typed: Option<String>,
    /// Whether the last sending belongs to the same stretch of typing.
    continues: bool,
    pause: Option<Timeout>,
    latest: Option<Timeout>,
    rest: Option<Timeout>,
}

pub enum NoteMsg {
    Typed(String),
    Send,
    Rested,
    Left,
}

impl Note {
    fn send(&mut self, ctx: &Context<Self>) -> bool {
        self.pause = None;
        self.latest = None;
        let Some(typed) = self.typed.take() else {
            return false;
        };
        ctx.props().onsend.emit(Typed { text: typed.into(), continues: self.continues });
        self.continues = true;
        true
    }
}

impl Component for Note {
    type Message = NoteMsg;
    type Properties = NoteProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { typed: None, continues: false, pause: None, latest: None, rest: None }
    }

    fn update(&mut self, ctx: &Context<Self>, message: NoteMsg) -> bool {
        let after = |time, message: fn() -> NoteMsg| {
            let link = ctx.link().clone();
            Some(Timeout::new(time, move || link.send_message(message())))
        };
        match message {
            NoteMsg::Typed(text) => {
                if self.typed.is_none() {
                    ctx.props().ontyping.emit(());
                }
                self.typed = Some(text);
                self.pause = after(PAUSE, || NoteMsg::Send);
                self.rest = after(REST, || NoteMsg::Rested);
                if self.latest.is_none() {
                    self.latest = after(LATEST, || NoteMsg::Send);
                }
                true
            }
            NoteMsg::Send => {
                self.send(ctx);
                // The value comes back with the next drawing; until then the field has it.
                false
            }
            NoteMsg::Rested => {
                self.continues = false;
                false
            }
            NoteMsg::Left => {
                self.send(ctx);
                self.continues = false;
                false
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let value = self.typed.clone().unwrap_or_else(|| ctx.props().value.to_string());
        let oninput = ctx
            .link()
            .callback(|event: InputEvent| NoteMsg::Typed(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        html! {
            <textarea
                class="note"
                ref={&ctx.props().node}
                aria-label={words::NOTE}
                placeholder={words::ADD_NOTE}
                rows="2"
                dir="auto"
                {value}
                {oninput}
                onblur={ctx.link().callback(|_| NoteMsg::Left)}
            />
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.send(ctx);
    }
}

#[derive(Properties, Clone, PartialEq)]
pub struct FieldProps {
    /// The name of the field.
    pub label: AttrValue,
    /// The value as it is kept.
    pub value: AttrValue,
    pub onsend: Callback<Rc<str>>,
}

/// A short field.
pub struct Field {
    typed: Option<String>,
}

pub enum FieldMsg {
    Typed(String),
    Left,
}

impl Field {
    fn send(&mut self, ctx: &Context<Self>) {
        if let Some(typed) = self.typed.take()
            && typed != ctx.props().value.as_str()
        {
            ctx.props().onsend.emit(typed.into());
        }
    }
}

impl Component for Field {
    type Message = FieldMsg;
    type Properties = FieldProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { typed: None }
    }

    fn update(&mut self, ctx: &Context<Self>, message: FieldMsg) -> bool {
        match message {
            FieldMsg::Typed(text) => self.typed = Some(text),
            FieldMsg::Left => self.send(ctx),
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let value = self.typed.clone().map_or_else(|| props.value.clone(), AttrValue::from);
        let oninput = ctx
            .link()
            .callback(|event: InputEvent| FieldMsg::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
        html! {
            <input
                type="text"
                aria-label={props.label.clone()}
                dir="auto"
                {value}
                {oninput}
                onchange={ctx.link().callback(|_: Event| FieldMsg::Left)}
                onblur={ctx.link().callback(|_| FieldMsg::Left)}
            />
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.send(ctx);
    }
}

//! A field that keeps what is being typed until it is sent: a note, which is sent while one types, or a
//! short field, which is sent when one leaves it. One component for both, for the reason that `part` gives.
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
pub struct FieldProps {
    /// The words as they are kept.
    pub value: Rc<str>,
    pub onsend: Callback<Typed>,
    pub kind: Kind,
}

#[derive(Clone, PartialEq)]
pub enum Kind {
    /// The note of an annotation, of several lines.
    Note {
        /// Hears of the first letter that is not sent yet.
        ontyping: Callback<()>,
        node: NodeRef,
    },
    /// A short field with a name. What is kept already is not sent again.
    Short(AttrValue),
}

/// The field.
pub struct Field {
    /// What is typed and not sent yet.
    typed: Option<Rc<str>>,
    /// Whether the last sending belongs to the same stretch of typing.
    continues: bool,
    pause: Option<Timeout>,
    latest: Option<Timeout>,
    rest: Option<Timeout>,
}

pub enum FieldMsg {
    Typed(String),
    Send,
    Rested,
    Left,
}

impl Field {
    fn send(&mut self, ctx: &Context<Self>) {
        let FieldProps { value, onsend, kind } = ctx.props();
        self.pause = None;
        self.latest = None;
        if let Some(text) = self.typed.take().filter(|typed| matches!(kind, Kind::Note { .. }) || typed != value) {
            onsend.emit(Typed { text, continues: self.continues });
            self.continues = true;
        }
    }

    /// Somebody types a note: it is to be sent soon.
    fn wait(&mut self, ctx: &Context<Self>) {
        let after = |time, message: fn() -> FieldMsg| {
            let link = ctx.link().clone();
            Some(Timeout::new(time, move || link.send_message(message())))
        };
        self.pause = after(PAUSE, || FieldMsg::Send);
        self.rest = after(REST, || FieldMsg::Rested);
        if self.latest.is_none() {
            self.latest = after(LATEST, || FieldMsg::Send);
        }
    }
}

impl Component for Field {
    type Message = FieldMsg;
    type Properties = FieldProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { typed: None, continues: false, pause: None, latest: None, rest: None }
    }

    fn update(&mut self, ctx: &Context<Self>, message: FieldMsg) -> bool {
        match message {
            FieldMsg::Typed(text) => {
                let first = self.typed.replace(text.into()).is_none();
                if let Kind::Note { ontyping, .. } = &ctx.props().kind {
                    if first {
                        ontyping.emit(());
                    }
                    self.wait(ctx);
                }
                return true;
            }
            // The value comes back with the next drawing; until then the field has it.
            FieldMsg::Send => self.send(ctx),
            FieldMsg::Rested => self.continues = false,
            FieldMsg::Left => {
                self.send(ctx);
                self.continues = false;
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (link, props) = (ctx.link(), ctx.props());
        let value = AttrValue::Rc(self.typed.as_ref().unwrap_or(&props.value).clone());
        let onblur = link.callback(|_| FieldMsg::Left);
        match &props.kind {
            Kind::Note { node, .. } => html! {
                <textarea
                    class="note"
                    ref={node}
                    aria-label={words::NOTE}
                    placeholder={words::ADD_NOTE}
                    rows="2"
                    dir="auto"
                    {value}
                    oninput={link.callback(|event: InputEvent| {
                        FieldMsg::Typed(event.target_unchecked_into::<HtmlTextAreaElement>().value())
                    })}
                    {onblur}
                />
            },
            Kind::Short(label) => html! {
                <input
                    type="text"
                    aria-label={label}
                    dir="auto"
                    {value}
                    oninput={link.callback(|event: InputEvent| {
                        FieldMsg::Typed(event.target_unchecked_into::<HtmlInputElement>().value())
                    })}
                    onchange={link.callback(|_: Event| FieldMsg::Left)}
                    {onblur}
                />
            },
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.send(ctx);
    }
}

//! What would be taken of saved web pages, before it is: what is known of each, its text, and what of it is left out.

use super::{Beside, answers, fact, modal};
use crate::state::Command;
use crate::state::page::{Paragraph, Run, WebPage};
use crate::ui::part::Draw;
use crate::ui::{Dispatch, Same};
use crate::words;
use yew::prelude::*;

/// How many paragraphs of a page are shown.
const SHOWN: usize = 2_000;

/// What the dialog shows.
#[derive(Clone, PartialEq)]
pub struct PagesProps {
    pub pages: Same<Vec<WebPage>>,
    pub dispatch: Dispatch,
}

impl Draw for PagesProps {
    fn draw(&self) -> Html {
        let onsubmit = {
            let dispatch = self.dispatch.clone();
            Callback::from(move |event: SubmitEvent| {
                event.prevent_default();
                dispatch.send(Command::TakePages);
            })
        };
        let title = if self.pages.len() == 1 { words::WEB_PAGE } else { words::WEB_PAGES };
        let content = html! {
            <>
                <form id="answer" {onsubmit}>
                    { for self.pages.iter().enumerate().map(|(at, page)| self.page(at, page)) }
                </form>
                { answers(words::TAKE) }
            </>
        };
        modal(title, "pages", Beside::Stays, &self.dispatch, content)
    }
}

impl PagesProps {
    fn page(&self, at: usize, page: &WebPage) -> Html {
        let choice = |name: &'static str, is_whole: bool| {
            let is_chosen = page.is_whole == is_whole;
            html! {
                <label>
                    <input
                        type="radio"
                        name={format!("take-{at}")}
                        checked={is_chosen}
                        autofocus={at == 0 && is_chosen}
                        onchange={self.dispatch.on::<Event>(Command::TakeWhole(at, is_whole))}
                    />
                    { name }
                </label>
            }
        };
        let (taken, left) = page.counts();
        html! {
            <section>
                <p class="file">{ &page.file }</p>
                { fact(words::TITLE, &page.title) }
                { fact(words::BYLINE, &page.byline) }
                { fact(words::DATE, &page.date) }
                { fact(words::SOURCE, &page.source) }
                if page.extractor.is_empty() {
                    <p>{ words::NO_MAIN_TEXT }</p>
                } else {
                    <fieldset class="scope">
                        <legend>{ words::WHAT_TO_TAKE }</legend>
                        { choice(words::MAIN_TEXT, false) }
                        { choice(words::WHOLE_TEXT, true) }
                    </fieldset>
                }
                <p class="hint-words" role="status">{ words::taken_and_left(taken, left) }</p>
                { text(page) }
            </section>
        }
    }
}

/// The text of a page, with what is left out.
fn text(page: &WebPage) -> Html {
    let is_out = |paragraph: &Paragraph| !paragraph.iter().any(|run| page.takes(run));
    let run = |run: &Run| {
        if page.takes(run) {
            html! { &run.words }
        } else {
            html! { <del>{ &run.words }</del> }
        }
    };
    let mut after_out = false;
    let paragraph = |paragraph: &Paragraph| {
        let is_first_out = is_out(paragraph) && !after_out;
        after_out = is_out(paragraph);
        html! {
            <>
                if is_first_out {
                    <p class="left-out">{ words::LEFT_OUT }</p>
                }
                <p>{ for paragraph.iter().map(run) }</p>
            </>
        }
    };
    let more = page.paragraphs.len().saturating_sub(SHOWN);
    html! {
        <div class="page-text" tabindex="0" role="region" aria-label={words::named(words::PAGE_TEXT, &page.file)} dir="auto">
            { for page.paragraphs.iter().take(SHOWN).map(paragraph) }
            if more > 0 {
                <p>{ words::and_more(more) }</p>
            }
        </div>
    }
}

//! The column in which the browser layer draws the article, with what it places in there: the caret,
//! the handles of the selected mark and the bar of labels at the selection.
//!
//! Yew makes these elements once and never looks at what is inside the host, nor at the attributes
//! that the browser layer sets.

use super::labels::{LabelsProps, labels};
use super::part::Draw;
use super::{Dispatch, Refs, Same};
use crate::model::{Article, LabelId, LabelScheme};
use crate::words;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub struct TextProps {
    pub article: Option<Same<Article>>,
    pub scheme: Same<LabelScheme>,
    pub pressed: Option<LabelId>,
    /// Whether another screen is shown.
    pub hidden: bool,
    pub refs: Refs,
    pub dispatch: Dispatch,
}

impl Draw for TextProps {
    fn draw(&self) -> Html {
        text(self)
    }
}

/// The article's text. Always there, so that its elements outlive a look at another screen.
fn text(props: &TextProps) -> Html {
    let refs = &props.refs;
    let label = match &props.article {
        Some(article) => words::text_of(&article.name()),
        None => words::ARTICLE_TEXT.to_owned(),
    };
    html! {
        <div class="text" ref={&refs.scroller} hidden={props.hidden}>
            <div
                class="page"
                ref={&refs.page}
                role="application"
                tabindex="0"
                aria-label={label}
                aria-describedby="text-hint"
            >
                <div class="host" role="document" ref={&refs.host}></div>
                <div class="caret" aria-hidden="true" hidden=true ref={&refs.caret}></div>
                <div class="handle start" aria-hidden="true" hidden=true ref={&refs.start}></div>
                <div class="handle end" aria-hidden="true" hidden=true ref={&refs.end}></div>
            </div>
            <div class="selbar" role="group" aria-label={words::LABELS} hidden=true ref={&refs.bar}>
                { labels(&LabelsProps {
                    scheme: props.scheme.clone(),
                    pressed: props.pressed.clone(),
                    applies: true,
                    dispatch: props.dispatch.clone(),
                }) }
            </div>
            <p id="text-hint" hidden=true>{ words::TEXT_HINT }</p>
        </div>
    }
}

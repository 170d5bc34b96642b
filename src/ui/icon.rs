//! The few pictures of the page, drawn as lines in the colour of the words beside them. Each stands
//! beside or inside something that has a name; none has a name of its own.

use yew::prelude::*;

/// A picture.
#[derive(Clone, Copy, PartialEq)]
pub enum Icon {
    Back,
    Undo,
    Redo,
    More,
    Close,
    Check,
    List,
    Settings,
    Help,
    Delete,
    Edit,
    Save,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M10 3 5 8l5 5",
            Self::Undo => "M6 2.5 2.5 6 6 9.5M3 6h6.5a3.75 3.75 0 0 1 0 7.5H6",
            Self::Redo => "M10 2.5 13.5 6 10 9.5M13 6H6.5a3.75 3.75 0 0 0 0 7.5H10",
            Self::More => "M3 8h.01M8 8h.01M13 8h.01",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Check => "m3 8.5 3.3 3.3L13 4.8",
            Self::List => "M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.01M2.5 8h.01M2.5 12h.01",
            Self::Settings => {
                "M2 5h6M12 5h2M2 11h2M8 11h6M8 5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M4 11a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
            }
            Self::Help => "M5.6 5.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.7M8 12.5h.01",
            Self::Delete => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9",
            Self::Edit => "m2.5 13.5.7-3.1 7.6-7.6 2.4 2.4-7.6 7.6z",
            Self::Save => "M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11",
        }
    }

    /// Draws it.
    pub fn view(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={self.path()} /></svg>
        }
    }
}

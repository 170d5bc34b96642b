//! Placeholder of the browser layer.
use yew::prelude::*;
#[component]
fn App() -> Html {
    html! { <main><h1>{ "Annotator" }</h1></main> }
}
/// Mounts the app.
pub fn start() {
    yew::Renderer::<App>::new().render();
}

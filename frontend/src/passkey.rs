//! Asks the device for a passkey when somebody presses a button that offers one.
//!
//! The button stands in a form of the server's, with the address of the question beside it. The answer goes into the
//! form's own field, and the form is sent as any other: what it is worth is looked at on the server alone.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use model::{Problem, ProblemCode};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomException, Element, Event, HtmlButtonElement, HtmlFormElement, HtmlInputElement, RequestInit,
    Response, UrlSearchParams, Window, window,
};

/// The field that takes the answer.
const FIELD: &str = "input[name=passkey]";
/// What the browser says of a device that has a passkey of this account already.
const TAKEN: &str = "InvalidStateError";

/// Looks after every offer on the page, now and later, and tells the page that they are worth showing.
pub fn attend() {
    let Some((window, document)) = window().and_then(|window| Some((window.clone(), window.document()?)))
    else {
        return;
    };
    if credentials(&window).is_none() {
        return;
    }
    if let Some(html) = document.document_element() {
        _ = html.set_attribute("data-passkeys", "");
    }
    listen(&document, "click", |event| {
        let pressed = event.target()?.dyn_into::<Element>().ok()?;
        pressed.closest("button[data-passkey]").ok()?
    });
    // A form that has no other button is sent by the Enter key.
    listen(&document, "submit", |event| {
        let form = event.target()?.dyn_into::<Element>().ok()?;
        let other = form.query_selector("button[type=submit]").ok()?;
        let button = form.query_selector("button[data-passkey]").ok()?;
        let button = button.filter(|_| other.is_none())?;
        event.prevent_default();
        Some(button)
    });
}

fn listen(
    document: &web_sys::Document,
    event: &str,
    button_of: impl Fn(&Event) -> Option<Element> + 'static,
) {
    let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let button = button_of(&event).and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        if let Some(button) = button {
            spawn_local(pressed(button));
        }
    });
    _ = document.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    heard.forget();
}

/// The browser's own words for passkeys in JSON; none in a browser that is too old, or on a page without TLS.
fn credentials(window: &Window) -> Option<JsValue> {
    let found = Reflect::get(window, &"PublicKeyCredential".into()).ok()?;
    let reads = Reflect::get(&found, &"parseCreationOptionsFromJSON".into()).ok()?;
    reads.is_function().then_some(found)
}

/// Loaded when it is needed: few people press such a button, and every page would carry it.
#[leptos::lazy]
async fn pressed(button: HtmlButtonElement) {
    let Some(form) = button.closest("form").ok().flatten() else { return };
    let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
    let Some(field) = find::<HtmlInputElement>(&form, FIELD) else { return };
    if !is_filled_in(&button, &form) {
        return;
    }
    // An earlier try of the form made one, which is still good.
    if field.value().is_empty() {
        button.set_disabled(true);
        say(&form, "");
        let answer = ask(&button, &form).await;
        button.set_disabled(false);
        match answer {
            Ok(answer) => field.set_value(&answer),
            Err(problem) => {
                let said = problem.explain();
                return say(&form, &format!("{}. {}", said.title, said.next));
            }
        }
    }
    _ = form.submit();
}

/// Whether everything is filled in but what a passkey spares.
fn is_filled_in(button: &HtmlButtonElement, form: &HtmlFormElement) -> bool {
    let spare = button.get_attribute("data-spare").filter(|name| !name.is_empty());
    let spare = spare.and_then(|name| find::<HtmlInputElement>(form, &format!("input[name={name}]")));
    if let Some(spare) = &spare {
        spare.set_required(false);
    }
    let filled_in = form.report_validity();
    if let Some(spare) = &spare {
        spare.set_required(true);
    }
    filled_in
}

/// Fetches the question, has the device answer, and writes the answer as JSON.
async fn ask(button: &HtmlButtonElement, form: &HtmlFormElement) -> Result<String, Problem> {
    let broken = |_: JsValue| Problem::new(ProblemCode::Internal);
    let window = window().ok_or_else(|| Problem::new(ProblemCode::Internal))?;
    let question = fetch(&window, button, form).await?;
    let question = JSON::parse(&question).map_err(broken)?;
    let question = Reflect::get(&question, &"publicKey".into()).map_err(broken)?;
    let making = button.get_attribute("data-passkey").as_deref() == Some("make");
    let (read, act) = if making {
        ("parseCreationOptionsFromJSON", "create")
    } else {
        ("parseRequestOptionsFromJSON", "get")
    };
    let class = credentials(&window).ok_or_else(|| Problem::new(ProblemCode::PasskeyNotUsed))?;
    let options = Object::new();
    Reflect::set(&options, &"publicKey".into(), &call(&class, read, &question).map_err(broken)?)
        .map_err(broken)?;
    let container = Reflect::get(&window, &"navigator".into()).map_err(broken)?;
    let container = Reflect::get(&container, &"credentials".into()).map_err(broken)?;
    let promise = call(&container, act, &options).map_err(of_browser)?;
    let answer = JsFuture::from(Promise::from(promise)).await.map_err(of_browser)?;
    if answer.is_null() {
        return Err(Problem::new(ProblemCode::PasskeyNotUsed));
    }
    JSON::stringify(&answer).map(String::from).map_err(broken)
}

/// Fetches the question. What the server refuses, it says.
async fn fetch(
    window: &Window,
    button: &HtmlButtonElement,
    form: &HtmlFormElement,
) -> Result<String, Problem> {
    let lost = |_: JsValue| Problem::new(ProblemCode::StewardUnreachable);
    let body = UrlSearchParams::new().map_err(lost)?;
    // Whoever follows an invitation shows its key.
    if let Some(key) = find::<HtmlInputElement>(form, "input[name=key]") {
        body.append("key", &key.value());
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body);
    let address = button.get_attribute("data-ask").unwrap_or_default();
    let answer = JsFuture::from(window.fetch_with_str_and_init(&address, &init)).await.map_err(lost)?;
    let answer: Response = answer.dyn_into().map_err(lost)?;
    let text = JsFuture::from(answer.text().map_err(lost)?).await.map_err(lost)?.as_string();
    let text = text.unwrap_or_default();
    if answer.ok() {
        return Ok(text);
    }
    let told = serde_json::from_str(&text).ok();
    let code = if answer.status() == 401 { ProblemCode::NotSignedIn } else { ProblemCode::Internal };
    Err(told.unwrap_or_else(|| Problem::new(code)))
}

/// What it means that the browser brought nothing.
fn of_browser(error: JsValue) -> Problem {
    let name = error.dyn_into::<DomException>().map(|error| error.name()).unwrap_or_default();
    Problem::new(if name == TAKEN { ProblemCode::PasskeyTaken } else { ProblemCode::PasskeyNotUsed })
}

fn call(of: &JsValue, name: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into::<Function>()?.call1(of, with)
}

fn say(form: &HtmlFormElement, words: &str) {
    if let Some(place) = find::<Element>(form, "[data-passkey-said]") {
        place.set_text_content(Some(words));
    }
}

fn find<T: JsCast>(form: &HtmlFormElement, what: &str) -> Option<T> {
    form.query_selector(what).ok()??.dyn_into().ok()
}

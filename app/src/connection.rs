//! The connection: where Steward sends its requests, as whom, until when, and what is known of the addresses.

mod addresses;
pub mod server;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use model::tenant::{Connection, Token};

use crate::parts::{
    form::{ProblemOfForm, problem_of},
    heading::Heading,
    loaded::Loaded,
    text::{MaybeTime, Time, stretch},
};
use addresses::Addresses;
use server::{UnlockOperation, get_connection};

/// The connection page.
pub struct ConnectionView;

#[lazy_route]
impl LazyRoute for ConnectionView {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <ConnectionPage/> }.into_any()
    }
}

#[component]
fn ConnectionPage() -> impl IntoView {
    let unlock = ServerAction::<UnlockOperation>::new();
    let problem = problem_of(unlock);
    let connection = Resource::new(move || unlock.version().get(), |_| get_connection());
    view! {
        <Heading title="Connection"/>
        <ProblemOfForm problem/>
        <Loaded from=connection show=move |connection| view! { <Sheet connection unlock/> }/>
    }
}

#[component]
fn Sheet(connection: Connection, unlock: ServerAction<UnlockOperation>) -> impl IntoView {
    let Connection { host, tenant, owner, pretend, session_ends, signin_ends, tokens, tokens_known, .. } =
        connection;
    let left = |until: model::Moment| stretch(connection.as_of.seconds_until(until));
    let world = if pretend {
        "The bundled simulator. Nothing here touches a real tenant."
    } else {
        "A tenant behind the address above. Changes whose address is only inferred stay locked until they are checked."
    };
    view! {
        <section class="card" aria-labelledby="session-title">
            <h2 id="session-title">"Session"</h2>
            <dl class="pairs">
                <div><dt>"Tableau Cloud Manager"</dt><dd><span class="word">{host}</span></dd></div>
                <div><dt>"Tenant id"</dt><dd><code class="copy">{tenant.to_string()}</code></dd></div>
                <div><dt>"Signed in as"</dt><dd>{owner}</dd></div>
                <div><dt>"Other side"</dt><dd>{world}</dd></div>
                <div>
                    <dt>"Session with Tableau ends"</dt>
                    <dd><Time at=session_ends/> " (in " {left(session_ends)} "); Steward renews it with your token"</dd>
                </div>
                <div>
                    <dt>"Sign-in to Steward ends"</dt>
                    <dd><Time at=signin_ends/> " (in " {left(signin_ends)} "), or when idle for long"</dd>
                </div>
            </dl>
        </section>
        <section class="card" aria-labelledby="tokens-title">
            <h2 id="tokens-title">"Your tokens"</h2>
            <Tokens tokens known=tokens_known as_of=connection.as_of/>
        </section>
        <Addresses operations=connection.operations ticket=connection.ticket unlock/>
    }
}

#[component]
fn Tokens(tokens: Vec<Token>, known: bool, as_of: model::Moment) -> impl IntoView {
    if !known {
        return view! { <p class="empty">"Tableau did not answer the question for your tokens. Its address is inferred, so this may stay so; see below."</p> }
            .into_any();
    }
    let several = (tokens.len() > 1).then_some(
        "Tableau does not tell which of them you signed in with, so Steward warns of the earliest end.",
    );
    let rows = tokens
        .into_iter()
        .map(|token| {
            let left = token.ends.map(|ends| stretch(as_of.seconds_until(ends)));
            view! {
                <tr>
                    <th scope="row">{token.name}</th>
                    <td><MaybeTime at=token.issued none="not told"/></td>
                    <td><MaybeTime at=token.ends none="not told"/></td>
                    <td class="num">{left}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p class="soft">{several}</p>
        <div class="table" role="region" aria-labelledby="tokens-title" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Made"</th>
                        <th scope="col">"Ends"</th>
                        <th scope="col" class="num">"Left"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

//! How a server function reaches the operations, and how a page sets the status of its answer.
//!
//! The one file that knows both halves: in the browser its functions do nothing.

#[cfg(feature = "ssr")]
mod server {
    use axum::http::{StatusCode, header::ACCEPT, request::Parts};
    use leptos::prelude::{expect_context, use_context};
    use leptos::server_fn::error::ServerFnUrlError;
    use leptos_axum::ResponseOptions;
    use leptos_router::{location::RequestUrl, params::ParamsMap};
    use model::{Notice, Permission, Problem, ProblemCode};
    use operations::{Caller, Operations, SignInKey, Wanted};

    use crate::failure::Failure;

    /// The operations and who asks them.
    pub struct Ask {
        /// Everything a person can do.
        pub operations: Operations,
        /// Who asks.
        pub caller: Caller,
    }

    impl Ask {
        /// Takes both from the request. The guard put the caller there; without it there is no answer.
        pub async fn current() -> Result<Self, Failure> {
            let caller = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Caller>().cloned());
            let caller = caller.ok_or(ProblemCode::NotSignedIn)?;
            Ok(Self { operations: expect_context::<Operations>(), caller })
        }

        /// What names the sign-in that asks.
        pub fn sign_in(&self) -> String {
            let key = use_context::<Parts>().and_then(|parts| parts.extensions.get::<SignInKey>().cloned());
            key.unwrap_or_default().0
        }

        /// Reads an id that a form or a URL gave.
        pub fn parse<Kind: model::ids::Named>(&self, text: &str) -> Result<model::ids::Id<Kind>, Failure> {
            Ok(model::ids::Id::parse(text).map_err(|problem| problem.with_reference(&self.caller.request))?)
        }

        /// Reads which way a form goes that protects or excludes somebody, or ends that.
        pub fn wanted(&self, word: &str) -> Result<Wanted, Failure> {
            Wanted::parse(word).ok_or_else(|| self.problem(ProblemCode::MalformedForm))
        }

        /// A problem with the reference of this request.
        pub fn problem(&self, code: ProblemCode) -> Failure {
            Failure(Problem::new(code).with_reference(&self.caller.request))
        }

        /// What stands behind the question mark of an address.
        pub fn query(&self, text: &str) -> Result<ParamsMap, Failure> {
            let url = RequestUrl::new(&format!("/?{}", text.trim_start_matches('?'))).parse();
            Ok(url.map_err(|_| self.problem(ProblemCode::MalformedQuery))?.search_params().clone())
        }

        /// Ends a form that could not be carried out: back to its page, with the problem as Leptos writes it into an
        /// address, and with what was typed, so that nothing is typed twice. Secrets never go this way. A program that
        /// asks for no page gets the problem itself.
        pub fn back(
            &self,
            page: &str,
            form: &str,
            problem: Problem,
            typed: &[(&'static str, String)],
        ) -> Result<(), Failure> {
            let reference = problem.reference.clone().unwrap_or_else(|| self.caller.request.clone());
            let failure = Failure(problem.with_reference(reference));
            let accept = use_context::<Parts>().and_then(|parts| parts.headers.get(ACCEPT).cloned());
            let wants_page =
                accept.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.contains("text/html")));
            // Only path and query are used; the host stands in for ours.
            let to = ServerFnUrlError::new(form, failure.clone()).to_url(&format!("http://steward{page}"));
            let Some(mut to) = to.ok().filter(|_| wants_page) else { return Err(failure) };
            to.query_pairs_mut().extend_pairs(typed.iter().filter(|(_, value)| !value.is_empty()));
            leptos_axum::redirect(&format!("{}?{}", to.path(), to.query().unwrap_or_default()));
            Ok(())
        }

        /// Ends a form: back to a page that tells what is now true.
        pub fn done(&self, href: &str, notice: Notice) {
            let mark = if href.contains('?') { '&' } else { '?' };
            leptos_axum::redirect(&format!("{href}{mark}notice={}", notice.code()));
        }
    }

    /// Whether whoever asks may do this. What is drawn on the server leaves out what they may not.
    pub fn may(permission: Permission) -> bool {
        let caller = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Caller>().cloned());
        caller.is_some_and(|caller| model::allows(&caller.grants, permission))
    }

    /// Sets the status of the page that is being rendered.
    pub fn answer_with(status: u16) {
        if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status))
        {
            response.set_status(status);
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::{Ask, answer_with, may};

/// What is drawn on the server is not drawn in the browser.
#[cfg(not(feature = "ssr"))]
pub fn may(_permission: model::Permission) -> bool {
    false
}

/// In the browser a page has no status.
#[cfg(not(feature = "ssr"))]
pub fn answer_with(_status: u16) {}

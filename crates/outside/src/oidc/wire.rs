//! How requests to the provider are sent, and the types of its tokens.

use std::{collections::HashMap, future::Future, pin::Pin, time::Duration};

use openidconnect::{
    AdditionalClaims, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IdTokenClaims, IdTokenFields, StandardErrorResponse, StandardTokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::OidcError;

/// The largest answer that is read.
const ANSWER_AT_MOST: usize = 1024 * 1024;

/// Claims beside those of the specification: whatever there is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct More {
    #[serde(flatten)]
    all: HashMap<String, Value>,
}

impl AdditionalClaims for More {}

impl More {
    /// A claim that is a list of words, or one word.
    pub(super) fn listed(&self, name: &str) -> Vec<String> {
        match self.all.get(name) {
            Some(Value::Array(all)) => all.iter().filter_map(|it| Some(it.as_str()?.to_owned())).collect(),
            Some(Value::String(one)) => vec![one.clone()],
            _ => Vec::new(),
        }
    }
}

/// What a token says.
pub(super) type Claims = IdTokenClaims<More, CoreGenderClaim>;

type Fields = IdTokenFields<
    More,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// Who we are to a provider that has told about itself.
pub(super) type Client = openidconnect::Client<
    More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A request on its way.
type Calling = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send>>;

/// Sends requests: no redirects, no proxies, over TLS or on this very machine.
#[derive(Clone)]
pub(super) struct Http(reqwest::Client);

/// A request that came to nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    /// The address is neither over TLS nor on this machine.
    #[error("the address {0} is not over TLS")]
    Open(String),
    /// It was not answered.
    #[error("the request was not answered")]
    Lost(#[from] reqwest::Error),
    /// The answer is larger than any that makes sense.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is no answer.
    #[error("the answer cannot be read")]
    Unreadable(#[from] http::Error),
}

impl Http {
    pub(super) fn new(deadline: Duration) -> Result<Self, OidcError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(deadline)
            .build();
        client.map(Self).map_err(|error| OidcError::Unavailable(error.into()))
    }

    /// What sends a request. It holds a handle of its own, so that what it returns lives as long as anybody waits for it.
    pub(super) fn caller(&self) -> impl Fn(HttpRequest) -> Calling + Send + Sync + 'static {
        let own = self.clone();
        move |request| {
            let own = own.clone();
            Box::pin(async move { own.call(request).await })
        }
    }

    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        let (scheme, host) = (request.uri().scheme_str(), request.uri().host().unwrap_or_default());
        let here = matches!(host, "127.0.0.1" | "[::1]" | "localhost");
        if scheme != Some("https") && !here {
            return Err(CallError::Open(host.to_owned()));
        }
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut head = http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            head = head.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            if body.len() + piece.len() > ANSWER_AT_MOST {
                return Err(CallError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(head.body(body)?)
    }
}

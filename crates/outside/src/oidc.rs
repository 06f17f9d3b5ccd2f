//! The identity provider: OpenID Connect, authorization code with PKCE.

mod wire;

use std::time::{Duration, Instant};

use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreProviderMetadata},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tracing::info;

use wire::{Claims, Client, Http};

/// How long what a provider says of itself is taken as it was.
const KNOWN_FOR: Duration = Duration::from_secs(3600);

/// Which provider, and who we are to it.
#[derive(Clone)]
pub struct OidcSettings {
    /// Its address, exactly as it stands in its tokens.
    pub issuer: String,
    /// Our id there.
    pub client: String,
    /// Our secret there.
    pub secret: SecretString,
    /// Where it leads people back to.
    pub redirect: String,
    /// The claim that lists a person's groups.
    pub group_claim: String,
    /// The longest wait for an answer.
    pub deadline: Duration,
}

/// A provider.
pub struct Provider {
    settings: OidcSettings,
    http: Http,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// Somebody on their way to the provider. All but the address stays with their browser's session.
#[derive(Debug, Clone)]
pub struct Departure {
    /// Where they go.
    pub url: String,
    /// Comes back with them.
    pub state: String,
    /// Comes back inside of the token.
    pub nonce: String,
    /// Proves that whoever redeems the code is who asked for it.
    pub verifier: String,
}

/// What the provider says of somebody, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Their e-mail address.
    pub email: Option<String>,
    /// Whether the provider has verified it.
    pub verified: bool,
    /// Their groups.
    pub groups: Vec<String>,
    /// When they proved who they are, in seconds since 1970, where the provider says so.
    pub proved: Option<i64>,
}

/// What went wrong with the provider.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// A setting is no address.
    #[error("{0} is not an address")]
    Address(&'static str),
    /// It does not answer, or not as the specification says.
    #[error("the identity provider does not answer as it should")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It does not take the code.
    #[error("the identity provider does not take the code")]
    CodeRefused,
    /// Its token is not for us, not for this sign-in, run out, or not signed by it.
    #[error("the token of the identity provider does not count")]
    Untrue(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Provider {
    /// A provider by its settings. It is asked only when somebody signs in.
    pub fn new(settings: OidcSettings) -> Result<Self, OidcError> {
        let http = Http::new(settings.deadline)?;
        IssuerUrl::new(settings.issuer.clone()).map_err(|_| OidcError::Address("the issuer"))?;
        RedirectUrl::new(settings.redirect.clone()).map_err(|_| OidcError::Address("the way back"))?;
        Ok(Self { settings, http, known: Mutex::new(None) })
    }

    /// Sends somebody to the provider. `anew` asks it to have them prove who they are now, even if it knows them.
    pub async fn depart(&self, anew: bool) -> Result<Departure, OidcError> {
        let client = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge);
        if anew {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        let (url, state, nonce) = request.url();
        Ok(Departure {
            url: url.into(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Redeems the code that somebody came back with, and verifies what the provider says of them.
    pub async fn arrive(&self, code: String, departure: &Departure) -> Result<Identity, OidcError> {
        let client = self.client().await?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OidcError::Unavailable(error.into()))?
            .set_pkce_verifier(PkceCodeVerifier::new(departure.verifier.clone()))
            .request_async(&self.http.caller())
            .await;
        let answer = answer.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(_) => OidcError::CodeRefused,
            error => OidcError::Unavailable(error.into()),
        })?;
        let token = answer.id_token().ok_or_else(|| OidcError::Untrue("there is no token".into()))?;
        let nonce = Nonce::new(departure.nonce.clone());
        let verified = match token.claims(&client.id_token_verifier(), &nonce) {
            Ok(claims) => Ok(self.identity(claims)),
            Err(_) => {
                // Providers change their keys: what it says of itself is read once more.
                info!("A token did not verify; the keys of the identity provider are read anew");
                self.known.lock().await.take();
                let client = self.client().await?;
                token.claims(&client.id_token_verifier(), &nonce).map(|claims| self.identity(claims))
            }
        };
        verified.map_err(|error| OidcError::Untrue(error.into()))
    }

    fn identity(&self, claims: &Claims) -> Identity {
        let groups = claims.additional_claims().listed(&self.settings.group_claim);
        Identity {
            email: claims.email().map(|email| email.as_str().to_owned()),
            verified: claims.email_verified() == Some(true),
            groups,
            proved: claims.auth_time().map(|at| at.timestamp()),
        }
    }

    async fn client(&self) -> Result<Client, OidcError> {
        let metadata = self.metadata().await?;
        let id = ClientId::new(self.settings.client.clone());
        let secret = ClientSecret::new(self.settings.secret.expose_secret().to_owned());
        let back = RedirectUrl::new(self.settings.redirect.clone());
        let back = back.map_err(|_| OidcError::Address("the way back"))?;
        Ok(Client::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(back))
    }

    async fn metadata(&self) -> Result<CoreProviderMetadata, OidcError> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = known.as_ref()
            && at.elapsed() < KNOWN_FOR
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone());
        let issuer = issuer.map_err(|_| OidcError::Address("the issuer"))?;
        let found = CoreProviderMetadata::discover_async(issuer, &self.http.caller()).await;
        let found = found.map_err(|error| OidcError::Unavailable(error.into()))?;
        *known = Some((Instant::now(), found.clone()));
        Ok(found)
    }
}

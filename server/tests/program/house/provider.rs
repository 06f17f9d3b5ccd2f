//! An identity provider, written from the specification: discovery, keys, authorization with PKCE, tokens.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use openidconnect::{
    PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};

pub const CLIENT: &str = "steward";
pub const SECRET: &str = "between-the-two-of-us";

/// Keys of tests alone.
const KEYS: [&str; 2] = [
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIEGBW8McCZ2BCLX2CSJbbgql2t+mIHmNQIsvG3m+5wCQ\n-----END PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIFoAWKzMnIPnzK3KDpeaMWY4HRdokWLOX01oc+TiLIji\n-----END PRIVATE KEY-----\n",
];

/// How a house is joined to a provider.
pub struct ByPlan {
    pub issuer: String,
    pub domains: Vec<String>,
    pub group: Option<String>,
}

impl ByPlan {
    /// As the program makes it of its settings.
    pub fn at(self, origin: &str) -> operations::ByProvider {
        let settings = operations::OidcSettings {
            issuer: self.issuer,
            client: CLIENT.to_owned(),
            secret: SECRET.to_owned().into(),
            redirect: format!("{origin}/login/provider/back"),
            group_claim: "groups".to_owned(),
            deadline: std::time::Duration::from_secs(5),
        };
        operations::ByProvider {
            provider: operations::Provider::new(settings).unwrap(),
            name: "Quillmere".to_owned(),
            domains: self.domains,
            group: self.group,
        }
    }
}

/// What differs in the next tokens: claims that take the place of the right ones; null takes a claim out.
pub type Twist = Value;

struct World {
    issuer: String,
    /// Code → nonce and challenge.
    codes: HashMap<String, (String, String)>,
    twist: Twist,
    /// Which key signs, and which is published.
    signs: usize,
    published: usize,
    asked: Vec<HashMap<String, String>>,
}

type Shared = Arc<Mutex<World>>;

/// The running provider.
pub struct Provider {
    pub issuer: String,
    world: Shared,
    serving: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Provider {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let world = World {
            issuer: issuer.clone(),
            codes: HashMap::new(),
            twist: json!({}),
            signs: 0,
            published: 0,
            asked: Vec::new(),
        };
        let world = Arc::new(Mutex::new(world));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(world.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { issuer, world, serving }
    }

    /// The next tokens differ so.
    pub fn twist(&self, twist: Twist) {
        self.world.lock().unwrap().twist = twist;
    }

    /// Signs with another key, published or not.
    pub fn sign_with(&self, key: usize, published: usize) {
        let mut world = self.world.lock().unwrap();
        (world.signs, world.published) = (key, published);
    }

    /// What the last person was sent here with.
    pub fn asked(&self) -> HashMap<String, String> {
        self.world.lock().unwrap().asked.last().cloned().unwrap_or_default()
    }
}

fn key(number: usize) -> CoreEdDsaPrivateSigningKey {
    let id = openidconnect::JsonWebKeyId::new(format!("key-{number}"));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(KEYS[number], Some(id)).unwrap()
}

async fn discovery(State(world): State<Shared>) -> Json<Value> {
    let issuer = world.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys(State(world): State<Shared>) -> Json<CoreJsonWebKeySet> {
    let published = world.lock().unwrap().published;
    Json(CoreJsonWebKeySet::new(vec![key(published).as_verification_key()]))
}

/// Everybody who comes here is Dana, and is led back at once.
async fn authorize(State(world): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Response {
    let mut world = world.lock().unwrap();
    let right = asked["client_id"] == CLIENT
        && asked["response_type"] == "code"
        && asked["code_challenge_method"] == "S256"
        && asked["scope"].split(' ').any(|scope| scope == "openid");
    if !right {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let code = uuid::Uuid::now_v7().to_string();
    world.codes.insert(code.clone(), (asked["nonce"].clone(), asked["code_challenge"].clone()));
    let back = format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"]);
    world.asked.push(asked);
    Redirect::to(&back).into_response()
}

async fn token(
    State(world): State<Shared>,
    headers: HeaderMap,
    Form(asked): Form<HashMap<String, String>>,
) -> Response {
    let mut world = world.lock().unwrap();
    let who = STANDARD.encode(format!("{CLIENT}:{SECRET}"));
    let known = headers.get("authorization").is_some_and(|told| told == format!("Basic {who}").as_str());
    let verifier = asked.get("code_verifier").cloned().unwrap_or_default();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    // A code counts once, and only for whoever asked for it.
    let left = asked.get("code").and_then(|code| world.codes.remove(code));
    let nonce = left.filter(|(_, wanted)| known && *wanted == challenge).map(|(nonce, _)| nonce);
    let Some(nonce) = nonce else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    let mut claims = json!({
        "iss": world.issuer, "aud": CLIENT, "sub": "dana", "nonce": nonce,
        "iat": now, "exp": now + 300, "auth_time": now,
        "email": "dana.reed@quillmere.example", "email_verified": true, "groups": ["desk", "staff"],
    });
    for (name, value) in world.twist.as_object().unwrap() {
        match value {
            Value::Null => _ = claims.as_object_mut().unwrap().remove(name),
            value => claims[name] = value.clone(),
        }
    }
    let head = json!({ "alg": "EdDSA", "typ": "JWT", "kid": format!("key-{}", world.signs) });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(&head), part(&claims));
    let sealed = key(world.signs).sign(&CoreJwsSigningAlgorithm::EdDsa, text.as_bytes()).unwrap();
    let token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(sealed));
    let answer =
        json!({ "access_token": "unused", "token_type": "Bearer", "expires_in": 60, "id_token": token });
    Json(answer).into_response()
}

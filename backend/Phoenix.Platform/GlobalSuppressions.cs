using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one clock.", Scope = "type", Target = "~T:Phoenix.Platform.Time.Clock")]
[assembly: SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one source of ids.", Scope = "type", Target = "~T:Phoenix.Platform.Ids.UuidV7Ids")]
[assembly: SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one source of randomness.", Scope = "type", Target = "~T:Phoenix.Platform.Ids.SystemRandomness")]

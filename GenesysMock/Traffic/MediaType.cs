namespace GenesysMock.Traffic;

/// <summary>A channel, and how each part of the platform spells it.</summary>
internal sealed record MediaType
{
    public static readonly MediaType Voice = new("VOICE", "Edge", "INBOUNDCALL");
    public static readonly MediaType Message = new("MESSAGE", "PureCloud Messaging", "INBOUNDSHORTMESSAGE");
    public static readonly MediaType Chat = new("CHAT", "PureCloud Webchat v2", "INBOUNDCHAT");
    public static readonly MediaType Email = new("EMAIL", "PureCloud Email", "INBOUNDEMAIL");

    private MediaType(string code, string provider, string flowType)
    {
        Code = code;
        Provider = provider;
        FlowType = flowType;
    }

    /// <summary>Upper case in the detail events.</summary>
    public string Code { get; }

    /// <summary>Lower case in analytics.</summary>
    public string LowerCode => Code.ToLowerInvariant();

    public string Provider { get; }

    public string FlowType { get; }

    /// <summary>Seen in lower case in acd.end, though its neighbours are in upper case.</summary>
    public string InQueueFlowType =>
        FlowType.Replace("INBOUND", "inqueue", StringComparison.Ordinal).ToLowerInvariant();
}

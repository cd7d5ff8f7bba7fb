using System.CommandLine;
using Phoenix.App.Hosting;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Simulator.Http;

namespace Phoenix.App.Cli;

/// <summary><c>phoenix simulate</c>: the WeChat simulator alone, for any client of WeChat on this machine.</summary>
internal static class SimulateCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5081";

    public static Command Create()
    {
        var url = ServeCommand.Url($"Where to listen, on this machine only (default {DefaultUrl}).");
        var push = new Option<string?>("--push") { Description = "Where the product takes WeChat's pushes; can be set on the page too.", HelpName = "URL" };
        push.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(Uri.TryCreate(token.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.IsLoopback))
                result.AddError($"The push address '{token.Value}' is not one of this machine.");
        });
        var command = new Command("simulate", "Run the WeChat simulator alone: the platform's endpoints, the users' phones and a page to drive them.") { url, push };
        command.SetAction(async (parsed, cancel) =>
        {
            await Simulate(parsed.GetValue(url) ?? DefaultUrl, parsed.GetValue(push), parsed.InvocationConfiguration.Output, cancel);
            return PhoenixCli.Done;
        });
        return command;
    }

    private static async Task Simulate(string url, string? push, TextWriter output, CancellationToken cancel)
    {
        new HostSettings { Url = url, WeChatSimulator = true }.EnsureServable();
        await using var app = SimulatorHosting.BuildAlone(url, push is null ? null : new Uri(push));
        await ServeCommand.Run(app, url, async () =>
        {
            var address = app.Urls.First().TrimEnd('/') + SimulatorRoutes.Prefix;
            var account = SimulatorAccount.WellKnown;
            await output.WriteLineAsync($"page        {address}/");
            await output.WriteLineAsync($"platform    {address}      (in place of https://api.weixin.qq.com)");
            await output.WriteLineAsync($"appid       {account.AppId}");
            await output.WriteLineAsync($"secret      {account.Secret}");
            await output.WriteLineAsync($"push token  {account.PushToken}");
            await output.WriteLineAsync($"push key    {account.EncodingAesKey}");
            await output.FlushAsync(cancel);
        }, cancel);
    }
}

using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OrleansBilling.Testing;

namespace OrleansBilling.Console.Tests.Harness;

/// <summary>Somebody at a browser.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly Uri console;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> addresses = new();

    internal Visitor(IBrowserContext context, IPage page, Uri console)
    {
        this.context = context;
        this.console = console;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Request += (_, request) => addresses.Enqueue(request.Url);
    }

    public IPage Page { get; }

    public IBrowserContext Context => context;

    /// <summary>All addresses that the browser asked for.</summary>
    public IReadOnlyCollection<string> Addresses => addresses;

    /// <summary>What the browser found wrong, such as a script that the policy forbids.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public Task<IResponse?> OpenAsync(string path) => Page.GotoAsync(new Uri(console, path).AbsoluteUri);

    public async Task SignInAsync(string key)
    {
        await OpenAsync("sign-in");
        await Page.GetByLabel("API key").FillAsync(key);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await WaitForAddressAsync(address => !address.Contains("sign-in", StringComparison.Ordinal));
    }

    /// <summary>Waits until the address is as wanted, also where it changes within a page and nothing loads.</summary>
    public Task WaitForAddressAsync(Func<string, bool> isWanted) => Eventually.HoldsAsync(() => isWanted(Page.Url));

    /// <summary>Opens a page and waits until it is drawn and live.</summary>
    public async Task ShowAsync(string path)
    {
        await OpenAsync(path);
        await WaitUntilLiveAsync();
    }

    public async Task WaitUntilLiveAsync()
    {
        await Page.Locator("[data-live=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Page.Locator(".waiting, [aria-busy=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Page.WaitForTimeoutAsync(300);
    }

    public Task<string> FigureAsync(string key) => Page.Locator($"[data-figure={key}]").InnerTextAsync();

    /// <summary>Fails with what axe finds wrong.</summary>
    public async Task ExpectAccessibleAsync()
    {
        var result = await Page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            string.Join('\n', result.Violations.Select(one =>
                $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Take(5).Select(node => node.Html))}")));
    }

    /// <summary>Keeps a picture for whoever wants to look: artifacts/console/NAME.png.</summary>
    public async Task PhotographAsync(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "../../../../../artifacts/console");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

namespace Pexen.TestChild;

internal static class Output
{
    public static void Flood(long bytes)
    {
        using Stream output = Console.OpenStandardOutput();
        byte[] block = new byte[64 * 1024];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = i % 64 == 63 ? (byte)'\n' : (byte)('a' + (i % 26));
        }

        for (; bytes > 0; bytes -= block.Length)
        {
            output.Write(block.AsSpan(0, (int)Math.Min(bytes, block.Length)));
        }
    }
}

"""GOV.UK organisation register."""
